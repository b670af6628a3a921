package dev.safecoder.threat;

import static dev.safecoder.threat.ThreatCase.B1;
import static dev.safecoder.threat.ThreatCase.B10;
import static dev.safecoder.threat.ThreatCase.B11;
import static dev.safecoder.threat.ThreatCase.B14;
import static dev.safecoder.threat.ThreatCase.B15;
import static dev.safecoder.threat.ThreatCase.B17;
import static dev.safecoder.threat.ThreatCase.B2;
import static dev.safecoder.threat.ThreatCase.B24;
import static dev.safecoder.threat.ThreatCase.B25;
import static dev.safecoder.threat.ThreatCase.B3;
import static dev.safecoder.threat.ThreatCase.B4;
import static dev.safecoder.threat.ThreatCase.B7;
import static dev.safecoder.threat.ThreatCase.B8;
import static dev.safecoder.threat.ThreatCase.B9;
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.app.Delivery;
import dev.safecoder.app.DeliveryResult.Status;
import dev.safecoder.app.PathFilter;
import dev.safecoder.path.RelativePath;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Class B: what a tree may hold, and what of it comes back to the project. */
interface TreeThreats {
    Scene scene();

    @Test
    @Threat(B1)
    default void a_link_to_a_secret_is_a_link_and_stays_inside() throws Exception {
        var ended = scene().attack(TreeAttacks.LINKS_TO_SECRETS);

        assertThat(ended.changes())
                .containsExactly("symlink env.txt", "symlink notes.txt", "symlink p");
        assertThat(ended.reviewed("p")).asString().isEqualTo("../../../../etc/passwd");
        assertThat(ended.acceptAll().status()).isEqualTo(Status.REFUSED);
    }

    @Test
    @Threat(B2)
    default void a_link_that_is_there_already_is_not_written_through() throws Exception {
        Files.createSymbolicLink(scene().project().resolve("d"), scene().canaries().home());
        Files.createSymbolicLink(
                scene().project().resolve("dangling"),
                scene().canaries().outside().resolve("not-there"));

        var ended = scene().attack(TreeAttacks.BELOW_LINKS);

        assertThat(ended.accept("d/.bashrc").status()).isIn(Status.REFUSED, Status.CONFLICTS);
        assertThat(ended.accept("dangling/x").status()).isIn(Status.REFUSED, Status.CONFLICTS);
        assertThat(scene().project().resolve("d")).isSymbolicLink();
    }

    /** The agent's side of the race; that of the project is the applier's own test. */
    @Test
    @Threat(B3)
    default void a_folder_that_turns_into_a_link_all_the_time_leads_nowhere() throws Exception {
        var calls = Calls.bash(TreeAttacks.SWAPPING);
        for (int i = 0; i < 20; i++) {
            calls.thenBash("echo %d >>a.txt".formatted(i));
        }

        var ended = scene().attack(calls);

        assertThat(ended.changes()).contains("modified a.txt");
        ended.accept("a.txt");
    }

    @Test
    @Threat(B4)
    default void a_link_of_the_project_does_not_become_a_folder_beyond_it() throws Exception {
        Files.createSymbolicLink(scene().project().resolve("cache"), scene().canaries().outside());

        var ended = scene().attack("rm cache; mkdir cache; echo evil >cache/private.txt");

        assertThat(ended.changes()).containsExactly("deleted cache", "added cache/private.txt");
        assertThat(ended.accept("cache/private.txt").status())
                .isIn(Status.REFUSED, Status.CONFLICTS);
        assertThat(ended.acceptAll().status()).isEqualTo(Status.CONFLICTS);
        assertThat(scene().project().resolve("cache")).isSymbolicLink();
    }

    @Test
    @Threat(B7)
    default void hard_links_come_back_as_files_of_their_own() throws Exception {
        var ended = scene().attack(TreeAttacks.HARD_LINKS);

        assertThat(ended.changes()).containsExactly("modified a.txt", "added b", "added c");
        assertThat(ended.acceptAll().status()).isEqualTo(Status.APPLIED);
        for (var name : List.of("a.txt", "b", "c")) {
            var file = scene().project().resolve(name);
            assertThat(Files.getAttribute(file, "unix:nlink")).as(name).isEqualTo(1);
        }
    }

    @Test
    @Threat(B8)
    default void a_path_that_climbs_out_writes_nothing_here() throws Exception {
        var calls = Calls.none();
        for (var path : TreeAttacks.CLIMBING_PATHS) {
            calls.thenWrite(path, "evil\n");
            calls.thenRead(path);
        }

        var ended = scene().attack(calls);

        assertThat(ended.changes()).allMatch(line -> line.startsWith("added "));
        ended.acceptAll();
    }

    @Test
    @Threat(B9)
    default void special_files_are_named_and_stop_nothing() throws Exception {
        var ended = scene().attack(TreeAttacks.SPECIAL_FILES);

        assertThat(ended.refused())
                .contains("p: it is a named pipe", "s: it is a socket")
                .allMatch(line -> line.matches("(p|s|n): it is a .*"));
        assertThat(ended.changes()).containsExactly("added zz");
        assertThat(ended.acceptAll().status()).isEqualTo(Status.APPLIED);
    }

    @Test
    @Threat(B10)
    default void modes_come_back_plain_and_what_cannot_be_read_is_named() throws Exception {
        var ended = scene().attack(TreeAttacks.MODES);

        assertThat(ended.changes()).contains("added d/in", "added x [runs-on-host]");
        ended.accept("x", "d");
        assertThat(Files.getAttribute(scene().project().resolve("x"), "unix:mode"))
                .isEqualTo(0100755);
    }

    @Test
    @Threat(B11)
    default void names_that_differ_in_case_only_are_all_seen() throws Exception {
        var ended = scene().attack(TreeAttacks.CASES);

        assertThat(ended.changes())
                .containsExactly(
                        "added .CLAUDE/x [runs-on-host]",
                        "added .VSCODE/tasks.json [runs-on-host]",
                        "added README",
                        "added Readme");
        assertThat(ended.refused()).containsExactly(".Git" + GitThreats.GIT_STAYS);
        var unflagged =
                new Delivery.Selection(Delivery.Selection.Flagged.NOT, new PathFilter(List.of()));
        assertThat(ended.accept(unflagged).applied().stream().map(RelativePath::toString))
                .containsExactly("README", "Readme");
        assertThat(ended.acceptAll().status()).isEqualTo(Status.APPLIED);
        assertThat(scene().project().resolve(".VSCODE/tasks.json")).hasContent("x");
        assertThat(scene().project().resolve(".Git")).doesNotExist();
    }

    @Test
    @Threat(B14)
    default void a_name_that_is_no_text_is_kept_or_named_but_never_lost() throws Exception {
        var ended = scene().attack("printf x >$'bad\\xff\\xfe'; printf y >$'caf\\xc3\\xa9'");

        assertThat(ended.changes()).hasSize(2).contains("added caf\\xc3\\xa9");
        ended.acceptAll();
    }

    @Test
    @Threat(B15)
    default void hostile_names_are_only_names() throws Exception {
        var ended = scene().attack(TreeAttacks.HOSTILE_NAMES);

        assertThat(ended.changes().size() + ended.refused().size())
                .isEqualTo(TreeAttacks.HOSTILE_NAME_COUNT);
        assertThat(ended.refused()).noneMatch(line -> line.chars().anyMatch(c -> c < 0x20));
        ended.acceptAll();
    }

    @Test
    @Threat(B17)
    default void a_huge_sparse_file_is_refused_before_it_is_read() throws Exception {
        var ended = scene().attack("truncate -s 8T big || truncate -s 9G big; echo x >zz; ls -l");

        assertThat(ended.changes()).containsExactly("added zz");
        assertThat(ended.refused())
                .hasSize(1)
                .allMatch(line -> line.startsWith("big: it is larger"));
        assertThat(ended.acceptAll().status()).isEqualTo(Status.APPLIED);
    }

    /** A process in the background writes on while the user reads. */
    @Test
    @Threat(B24)
    default void what_is_written_is_what_was_reviewed() throws Exception {
        var ended =
                scene().attack(
                                Calls.bash("echo good >reviewed.sh")
                                        .thenBash(
                                                "(while :; do echo evil >reviewed.sh; done) >/dev/null 2>&1 &"));
        var shown = ended.reviewed("reviewed.sh");

        assertThat(ended.acceptAll().status()).isEqualTo(Status.APPLIED);

        assertThat(scene().project().resolve("reviewed.sh")).hasBinaryContent(shown);
    }

    @Test
    @Threat(B25)
    default void a_file_that_the_user_edited_meanwhile_stays_the_users() throws Exception {
        var ended = scene().attack("echo agent >a.txt; echo new >new");
        Files.writeString(scene().project().resolve("a.txt"), "the user's own\n");
        Files.writeString(scene().project().resolve("new"), "the user's own\n");

        assertThat(ended.acceptAll().status()).isEqualTo(Status.CONFLICTS);
    }
}
