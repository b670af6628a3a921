package dev.safecoder.apply;

import static dev.safecoder.apply.ApplyFixture.conflict;
import static dev.safecoder.apply.ApplyFixture.refused;
import static dev.safecoder.threat.ThreatCase.A12;
import static dev.safecoder.threat.ThreatCase.B1;
import static dev.safecoder.threat.ThreatCase.B10;
import static dev.safecoder.threat.ThreatCase.B11;
import static dev.safecoder.threat.ThreatCase.B14;
import static dev.safecoder.threat.ThreatCase.B15;
import static dev.safecoder.threat.ThreatCase.B2;
import static dev.safecoder.threat.ThreatCase.B24;
import static dev.safecoder.threat.ThreatCase.B4;
import static dev.safecoder.threat.ThreatCase.B5;
import static dev.safecoder.threat.ThreatCase.B7;
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.apply.ApplyOutcome.Applied;
import dev.safecoder.change.BlobId;
import dev.safecoder.change.BlobSource;
import dev.safecoder.change.ChangeSet;
import dev.safecoder.path.RelativePath;
import dev.safecoder.review.Review;
import dev.safecoder.threat.NegativeControl;
import dev.safecoder.threat.Threat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** THREATS.md B: what an agent lays down so that writing it back would reach elsewhere. */
class HostileApplyTest {
    private static final SampleTree BASE =
            new SampleTree().file("README", "base\n").file("lib/a", "a\n").link("old", "README");

    @TempDir Path folder;
    private Path outside;
    private ApplyFixture fixture;

    @BeforeEach
    void lay() throws IOException {
        outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("canary"), "canary\n");
        fixture = new ApplyFixture(folder, BASE);
    }

    private void assertUntouched(SampleTree host) throws IOException {
        assertThat(fixture.host()).isEqualTo(host);
        assertThat(SampleTree.readFrom(outside))
                .isEqualTo(new SampleTree().file("canary", "canary\n"));
    }

    private ApplyOutcome applyWithLinks(SampleTree after) throws IOException {
        return fixture.applier().apply(fixture.request(after).withLinks(Links.ALLOW_INSIDE));
    }

    @Test
    @Threat(B1)
    void a_symlink_is_refused_unless_the_user_wants_it() throws IOException {
        assertThat(fixture.apply(BASE.link("notes", "README")))
                .isEqualTo(refused("notes", "it is a symlink to 'README'"));
        assertUntouched(BASE);

        assertThat(applyWithLinks(BASE.link("notes", "README"))).isInstanceOf(Applied.class);
        assertUntouched(BASE.link("notes", "README"));
    }

    @Test
    @Threat(B1)
    void a_symlink_that_leads_out_is_refused_whatever_the_user_wants() throws IOException {
        for (var target :
                new String[] {
                    "/etc/passwd",
                    "/proc/self/environ",
                    "../outside/canary",
                    "lib/../../outside/canary",
                    "lib/../README",
                    "..",
                    "C:\\Windows",
                    "..\\outside",
                    ".git/config",
                    ".GIT/hooks",
                    "lib/git~1/config"
                }) {
            assertThat(applyWithLinks(BASE.link("p", target)))
                    .as(target)
                    .isInstanceOf(ApplyOutcome.Withheld.class);
        }
        assertUntouched(BASE);
    }

    @Test
    void a_symlink_through_one_of_the_hosts_is_refused() throws IOException {
        Files.createSymbolicLink(fixture.project().resolve("mine"), outside);

        assertThat(applyWithLinks(BASE.link("p", "mine/canary")))
                .isEqualTo(refused("p", "it is a symlink through 'mine', which is one, too"));
        assertThat(applyWithLinks(BASE.link("p", "mine")))
                .isEqualTo(refused("p", "it is a symlink through 'mine', which is one, too"));
    }

    @Test
    @Threat({B2, B5})
    void nothing_is_written_through_a_link_that_an_earlier_apply_made() throws IOException {
        Files.createDirectory(fixture.project().resolve("d-target"));
        assertThat(applyWithLinks(BASE.link("d", "d-target"))).isInstanceOf(Applied.class);

        assertThat(applyWithLinks(BASE.file("d/.bashrc", "evil\n")))
                .isEqualTo(conflict("d/.bashrc", "'d' is a symlink on the host"));
    }

    @Test
    @Threat({A12, B2})
    void a_plan_that_makes_a_link_and_writes_through_it_is_refused() throws IOException {
        assertThat(applyWithLinks(BASE.link("d", "lib").file("d/x", "evil\n")))
                .isEqualTo(refused("d/x", "it goes through 'd', which becomes a symlink"));
        assertUntouched(BASE);
    }

    @Test
    @Threat({B4, B5})
    void a_link_of_the_host_is_not_followed_when_the_agent_makes_it_a_folder() throws IOException {
        Files.createSymbolicLink(fixture.project().resolve("build"), outside);

        assertThat(fixture.apply(BASE.file("build/canary", "evil\n").file("build/new", "x")))
                .isEqualTo(
                        new ApplyOutcome.Withheld(
                                List.of(
                                        new ApplyOutcome.Trouble(
                                                RelativePath.of("build/canary"),
                                                "'build' is a symlink on the host"),
                                        new ApplyOutcome.Trouble(
                                                RelativePath.of("build/new"),
                                                "'build' is a symlink on the host")),
                                List.of()));
        assertUntouched(BASE.link("build", outside.toString()));
    }

    @Test
    @Threat(B4)
    void a_link_of_the_user_does_not_become_a_folder_even_when_all_of_it_is_accepted()
            throws IOException {
        var after = BASE.without("old").file("old/x", "x\n");

        assertThat(applyWithLinks(after))
                .isEqualTo(conflict("old/x", "'old' is a symlink on the host"));
        assertUntouched(BASE);

        Files.delete(fixture.project().resolve("old"));
        assertThat(applyWithLinks(after))
                .as("once the user took it away")
                .isInstanceOf(Applied.class);
        assertUntouched(after);
    }

    @Test
    @Threat({B2, B5})
    void a_dangling_link_of_the_host_is_not_written_through() throws IOException {
        var link = fixture.project().resolve("new");
        Files.createSymbolicLink(link, outside.resolve("made"));

        assertThat(fixture.apply(BASE.file("new", "evil\n")))
                .isEqualTo(conflict("new", "the host has something else here"));
        assertUntouched(BASE.link("new", outside.resolve("made").toString()));
    }

    /** The negative control: what the same two cases do to a naive writer. */
    @Test
    @NegativeControl({B2, B4, B5})
    void a_naive_writer_follows_both_kinds_of_links() throws IOException {
        Files.createSymbolicLink(fixture.project().resolve("build"), outside);
        Files.createSymbolicLink(fixture.project().resolve("new"), outside.resolve("made"));
        var content = Files.writeString(folder.resolve("content"), "evil\n");

        Files.copy(
                content,
                fixture.project().resolve("build/canary"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(fixture.project().resolve("new"), "evil\n");

        assertThat(SampleTree.readFrom(outside))
                .isEqualTo(new SampleTree().file("canary", "evil\n").file("made", "evil\n"));
    }

    @Test
    @Threat(B7)
    void a_hard_link_of_the_host_keeps_its_content() throws IOException {
        Files.createLink(outside.resolve("shared"), fixture.project().resolve("README"));

        assertThat(fixture.apply(BASE.file("README", "new\n"))).isInstanceOf(Applied.class);

        assertThat(Files.readString(outside.resolve("shared"))).isEqualTo("base\n");
        assertThat(fixture.host()).isEqualTo(BASE.file("README", "new\n"));
    }

    @Test
    @Threat(B10)
    void a_set_id_file_of_the_host_is_left_alone() throws IOException {
        Files.setAttribute(fixture.project().resolve("README"), "unix:mode", 0104755);

        assertThat(fixture.apply(BASE.file("README", "new\n")))
                .isEqualTo(refused("README", "the host's file is set-id or sticky"));
    }

    @Test
    void our_own_names_are_refused() throws IOException {
        var path = ".SAFE-coder-apply-x/0";

        assertThat(fixture.apply(BASE.file(path, "x")))
                .isEqualTo(
                        refused(path, "names that start with '.safe-coder-apply-' are reserved"));
    }

    @Test
    @Threat(B15)
    void hostile_but_valid_names_are_written_as_they_are() throws IOException {
        var after =
                BASE.file("a\nb", "1")
                        .file("\u001b[2J\u001b]0;x\u0007", "2")
                        .file("-rf", "3")
                        .file("$(touch x)", "4")
                        .file("a\\..\\..\\x", "5")
                        .file("~/.bashrc", "6")
                        .file("%2e%2e/x", "7");

        assertThat(fixture.apply(after)).isInstanceOf(Applied.class);
        assertUntouched(after);
    }

    @Test
    @Threat(B14)
    void bytes_that_are_no_utf8_are_written_as_they_are() throws IOException {
        var raw = new byte[] {'b', 'a', 'd', (byte) 0xff, (byte) 0xfe};
        var path = ((RelativePath.Parsed.Valid) RelativePath.parse(raw)).path();
        var made = BASE.changesTo(BASE.file("bad", "x"));
        var change = made.changes().getFirst();
        var named =
                new ChangeSet(
                        List.of(SampleTree.change(path, change.before(), change.after())),
                        made.blobs());

        var outcome =
                fixture.applier()
                        .apply(ApplyRequest.of(fixture.project(), "session", Review.of(named)));

        try (var project = HostFolder.openBest(fixture.project())) {
            assertThat(project.look(path)).isPresent();
            fixture.applier().undo(((Applied) outcome).record());
            assertThat(project.look(path)).isEmpty();
        }
    }

    @Test
    void windows_names_are_refused_on_windows() {
        var rules = new NameRules(NameRules.Host.WINDOWS, Links.REFUSE, Set.of());
        var wanted =
                Optional.<Held>of(
                        new Held.File(BlobDigest.of(new byte[0]), 0, false, Optional.empty()));
        for (var name : new String[] {"con", "NUL.txt", "a:b", "x.", "x ", "a\\b", "COM1", "a?"}) {
            var path = RelativePath.of("d/" + name);
            assertThat(rules.refusal(Wish.of(path, path, Optional.empty(), wanted)))
                    .as(name)
                    .isPresent();
        }
    }

    @Test
    @Threat(B24)
    void contents_that_are_not_the_accepted_ones_are_not_written() throws IOException {
        var accepted = BASE.changesTo(BASE.file("reviewed.sh", "good\n"));
        var swapped = BASE.changesTo(BASE.file("reviewed.sh", "evil\n"));
        var other = swapped.changes().getFirst().after().orElseThrow().blob();
        var lying =
                new ChangeSet(
                        accepted.changes(),
                        new BlobSource() {
                            @Override
                            public byte[] bytes(BlobId id) throws IOException {
                                return swapped.blobs().bytes(other);
                            }

                            @Override
                            public InputStream open(BlobId id) throws IOException {
                                return swapped.blobs().open(other);
                            }
                        });

        var outcome =
                fixture.applier()
                        .apply(ApplyRequest.of(fixture.project(), "session", Review.of(lying)));

        assertThat(outcome)
                .isEqualTo(
                        conflict(
                                "reviewed.sh",
                                "the stored content is not the one that was accepted"));
        assertUntouched(BASE);
    }

    @Test
    @Threat(B11)
    void two_names_in_one_on_a_case_blind_file_system_are_a_conflict() throws IOException {
        var blind =
                new ApplyFixture(
                        Files.createDirectory(folder.resolve("b")), BASE, CaseBlindFolder::open);

        assertThat(blind.apply(BASE.file("Readme2", "a").file("README2", "b")))
                .isEqualTo(
                        new ApplyOutcome.Withheld(
                                List.of(
                                        new ApplyOutcome.Trouble(
                                                RelativePath.of("README2"),
                                                "'Readme2' would be the same file here"),
                                        new ApplyOutcome.Trouble(
                                                RelativePath.of("Readme2"),
                                                "'README2' would be the same file here")),
                                List.of()));
        assertThat(blind.apply(BASE.file("readme", "a")))
                .isEqualTo(conflict("readme", "'README' is the same file here"));
        assertThat(blind.host()).isEqualTo(BASE);
    }

    @Test
    void a_name_that_changes_only_its_case_is_written_on_a_case_blind_file_system()
            throws IOException {
        var blind =
                new ApplyFixture(
                        Files.createDirectory(folder.resolve("b")), BASE, CaseBlindFolder::open);
        var after = BASE.without("README").file("readme", "new\n");

        assertThat(blind.apply(after)).isInstanceOf(Applied.class);
        assertThat(blind.host()).isEqualTo(after);
    }

    @Test
    void the_same_two_names_are_two_files_elsewhere() throws IOException {
        var after = BASE.file("Readme2", "a").file("README2", "b");

        assertThat(fixture.apply(after)).isInstanceOf(Applied.class);
        assertUntouched(after);
    }

    @Test
    void a_conflict_is_settled_as_the_user_says() throws IOException {
        var readme = RelativePath.of("README");
        var request = fixture.request(BASE.file("README", "session\n"));
        Files.writeString(fixture.project().resolve("README"), "host\n");

        fixture.applier().apply(request.withResolutions(Map.of(readme, Resolution.KEEP_HOST)));
        assertUntouched(BASE.file("README", "host\n"));

        fixture.applier().apply(request.withResolutions(Map.of(readme, Resolution.MARK_CONFLICTS)));
        assertUntouched(
                BASE.file("README", "<<<<<<< host\nhost\n=======\nsession\n>>>>>>> session\n"));

        fixture.applier().apply(request.withResolutions(Map.of(readme, Resolution.TAKE_SESSION)));
        assertUntouched(BASE.file("README", "session\n"));
    }

    @Test
    @NegativeControl(B11)
    void on_a_case_blind_file_system_the_second_of_two_names_replaces_the_first()
            throws IOException {
        var place = Files.createDirectories(folder.resolve("blind"));
        try (var blind = CaseBlindFolder.open(place)) {
            for (var name : List.of("Readme", "README")) {
                var path = RelativePath.of(name);
                if (blind.look(path).isPresent()) {
                    blind.delete(path);
                }
                blind.create(path, 0600).close();
            }
            assertThat(blind.names()).containsExactly(RelativePath.of("README"));
        }
    }
}
