package dev.safecoder.apply;

import static dev.safecoder.threat.ThreatCase.B20;
import static dev.safecoder.threat.ThreatCase.B25;
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.apply.ApplyOutcome.Applied;
import dev.safecoder.apply.ApplyOutcome.NothingToDo;
import dev.safecoder.apply.ApplyOutcome.Trouble;
import dev.safecoder.apply.ApplyOutcome.Withheld;
import dev.safecoder.path.RelativePath;
import dev.safecoder.review.Review;
import dev.safecoder.review.Verdict;
import dev.safecoder.threat.Threat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an apply and an undo do, with each way to reach the disk. */
abstract class ApplierContract {
    private static final SampleTree BASE =
            new SampleTree()
                    .file("README.md", "one\ntwo\nthree\nfour\nfive\n")
                    .file("src/main.c", "int main() {}\n")
                    .file("src/old.c", "old\n")
                    .executable("run.sh", "#!/bin/sh\n")
                    .file("docs/a/deep.txt", "deep\n")
                    .file("data.bin", "\0\1\2\u00ff");

    abstract HostFolder.Opener opener();

    @TempDir Path folder;
    private Path project;
    private Path state;
    private Applier applier;

    @BeforeEach
    void lay() throws IOException {
        project = Files.createDirectory(folder.resolve("project"));
        state = folder.resolve("state");
        applier = new Applier(state, InstantSource.fixed(Instant.EPOCH), _ -> {}, opener());
        BASE.writeTo(project);
    }

    private ApplyOutcome apply(SampleTree after) throws IOException {
        return applier.apply(ApplyRequest.of(project, "session", acceptAll(after)));
    }

    private static Review acceptAll(SampleTree after) throws IOException {
        return Review.of(BASE.changesTo(after)).decideAll(_ -> true, Verdict.ACCEPT);
    }

    private static List<RelativePath> paths(String... paths) {
        return List.of(paths).stream().map(RelativePath::of).toList();
    }

    private static Withheld conflict(String path, String reason) {
        return new Withheld(List.of(new Trouble(RelativePath.of(path), reason)), List.of());
    }

    private static Withheld refused(String path, String reason) {
        return new Withheld(List.of(), List.of(new Trouble(RelativePath.of(path), reason)));
    }

    private SampleTree host() throws IOException {
        return SampleTree.readFrom(project);
    }

    @Test
    void edits_new_files_deletions_and_modes_are_written_and_taken_back() throws IOException {
        var after =
                BASE.file("README.md", "one\n2\nthree\nfour\nfive\n")
                        .file("new/deep/er/file.txt", "new\n")
                        .executable("src/main.c", "int main() {}\n")
                        .file("empty", "")
                        .without("src/old.c")
                        .without("docs");

        var outcome = apply(after);

        assertThat(((Applied) outcome).paths())
                .isEqualTo(
                        paths(
                                "README.md",
                                "docs/a/deep.txt",
                                "empty",
                                "new/deep/er/file.txt",
                                "src/main.c",
                                "src/old.c"));
        assertThat(host()).isEqualTo(after);
        assertThat(Files.exists(project.resolve("docs"))).isFalse();

        assertThat(applier.undo(((Applied) outcome).record())).isInstanceOf(Applied.class);
        assertThat(host()).isEqualTo(BASE);
        assertThat(Files.exists(project.resolve("new"))).isFalse();
    }

    @Test
    void nothing_is_left_in_the_project_or_open_in_the_journal() throws IOException {
        apply(BASE.file("a", "b"));

        assertThat(host()).isEqualTo(BASE.file("a", "b"));
        assertThat(applier.recover()).isEmpty();
    }

    @Test
    void what_is_there_already_needs_nothing() throws IOException {
        var after = BASE.file("README.md", "new\n").without("src/old.c");
        assertThat(apply(after)).isInstanceOf(Applied.class);

        assertThat(apply(after)).isEqualTo(new NothingToDo());
    }

    @Test
    void only_what_was_accepted_is_written() throws IOException {
        var after = BASE.file("README.md", "no\n").file("yes.txt", "yes\n").without("run.sh");
        var review =
                Review.of(BASE.changesTo(after))
                        .decide(RelativePath.of("README.md"), Verdict.REJECT)
                        .decide(RelativePath.of("run.sh"), Verdict.UNDECIDED);

        var outcome = applier.apply(ApplyRequest.of(project, "session", review));

        assertThat(((Applied) outcome).paths()).isEqualTo(paths("yes.txt"));
        assertThat(host()).isEqualTo(BASE.file("yes.txt", "yes\n"));
    }

    @Test
    void a_file_becomes_a_folder_and_a_folder_a_file() throws IOException {
        var after =
                BASE.without("docs")
                        .file("docs", "now a file\n")
                        .without("src/main.c")
                        .file("src/main.c/inner", "now a folder\n");

        var outcome = apply(after);

        assertThat(host()).isEqualTo(after);
        applier.undo(((Applied) outcome).record());
        assertThat(host()).isEqualTo(BASE);
    }

    @Test
    void a_folder_that_holds_something_of_the_users_does_not_become_a_file() throws IOException {
        Files.writeString(project.resolve("docs/mine"), "mine");

        assertThat(apply(BASE.without("docs").file("docs", "file\n")))
                .isEqualTo(conflict("docs", "the host has a folder here that is not empty"));
        assertThat(host()).isEqualTo(BASE.file("docs/mine", "mine"));
    }

    @Test
    void edits_of_different_lines_are_merged_and_the_users_stay_after_an_undo() throws IOException {
        Files.writeString(project.resolve("README.md"), "ONE\ntwo\nthree\nfour\nfive\n");

        var outcome = apply(BASE.file("README.md", "one\ntwo\nthree\nfour\nFIVE\n"));

        assertThat(host()).isEqualTo(BASE.file("README.md", "ONE\ntwo\nthree\nfour\nFIVE\n"));
        Files.writeString(project.resolve("README.md"), "ONE\ntwo\nTHREE\nfour\nFIVE\n");
        assertThat(applier.undo(((Applied) outcome).record())).isInstanceOf(Applied.class);
        assertThat(host()).isEqualTo(BASE.file("README.md", "ONE\ntwo\nTHREE\nfour\nfive\n"));
    }

    @Test
    @Threat(B25)
    void edits_of_the_same_line_are_a_conflict_and_the_users_bytes_stand() throws IOException {
        Files.writeString(project.resolve("README.md"), "mine\ntwo\nthree\nfour\nfive\n");

        var outcome =
                apply(BASE.file("README.md", "agent\ntwo\nthree\nfour\nfive\n").file("x", "y"));

        assertThat(outcome)
                .isEqualTo(
                        conflict(
                                "README.md",
                                "both the host and the session changed it, in the same place"));
        assertThat(host()).isEqualTo(BASE.file("README.md", "mine\ntwo\nthree\nfour\nfive\n"));
    }

    @Test
    void the_rest_is_written_only_on_request() throws IOException {
        Files.writeString(project.resolve("data.bin"), "mine");
        var review = acceptAll(BASE.file("data.bin", "\0agent").file("x", "y"));

        var outcome = applier.apply(ApplyRequest.of(project, "session", review).writingTheRest());

        assertThat(((Applied) outcome).paths()).isEqualTo(paths("x"));
        assertThat(((Applied) outcome).conflicts()).hasSize(1);
        assertThat(host()).isEqualTo(BASE.file("data.bin", "mine").file("x", "y"));
    }

    @Test
    void an_executable_bit_reaches_a_file_that_the_user_edited() throws IOException {
        Files.writeString(project.resolve("src/main.c"), "edited\n");

        apply(BASE.executable("src/main.c", "int main() {}\n"));

        assertThat(host()).isEqualTo(BASE.executable("src/main.c", "edited\n"));
    }

    @Test
    void a_deletion_of_an_edited_file_is_a_conflict() throws IOException {
        Files.writeString(project.resolve("src/old.c"), "edited\n");

        assertThat(apply(BASE.without("src/old.c")))
                .isEqualTo(conflict("src/old.c", "it was changed on the host, too"));
    }

    @Test
    void an_edit_of_a_deleted_file_is_a_conflict() throws IOException {
        Files.delete(project.resolve("src/old.c"));

        assertThat(apply(BASE.file("src/old.c", "agent\n")))
                .isEqualTo(conflict("src/old.c", "it was deleted on the host"));
    }

    @Test
    @Threat(B25)
    void a_new_file_never_overwrites_one() throws IOException {
        Files.writeString(project.resolve("new"), "mine\n");

        assertThat(apply(BASE.file("new", "agent\n")))
                .isEqualTo(conflict("new", "the host has something else here"));
        assertThat(host()).isEqualTo(BASE.file("new", "mine\n"));
    }

    @Test
    void a_path_with_an_unknown_original_is_a_conflict() throws IOException {
        var review = Review.of(BASE.changesTo(BASE.file("README.md", "agent\n")));
        var request =
                ApplyRequest.of(project, "session", review)
                        .withUnknown(Map.of(RelativePath.of("README.md"), "it changed since"));

        assertThat(applier.apply(request)).isEqualTo(conflict("README.md", "it changed since"));
    }

    @Test
    void permission_bits_survive_a_new_content() throws IOException {
        var file = project.resolve("src/main.c");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        apply(BASE.file("src/main.c", "new\n"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).isEqualTo("new\n");
    }

    @Test
    void an_undo_puts_back_permissions_and_is_itself_undone() throws IOException {
        var file = project.resolve("src/old.c");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
        var before = host();
        var after = BASE.without("src").file("src/main.c", "x");
        var applied = (Applied) apply(after);

        var undone = (Applied) applier.undo(applied.record());
        assertThat(host()).isEqualTo(before);

        applier.undo(undone.record());
        assertThat(host()).isEqualTo(after);
    }

    @Test
    void an_undo_refuses_where_the_user_edited_the_same_place() throws IOException {
        var applied = (Applied) apply(BASE.file("README.md", "agent\n").file("x", "y"));
        Files.writeString(project.resolve("README.md"), "mine\n");

        assertThat(applier.undo(applied.record()))
                .isEqualTo(
                        conflict(
                                "README.md",
                                "both the host and the session changed it, in the same place"));
        assertThat(host()).isEqualTo(BASE.file("README.md", "mine\n").file("x", "y"));
    }

    @Test
    void an_undo_leaves_folders_that_were_there_before() throws IOException {
        Files.createDirectory(project.resolve("was-empty"));
        var before = host();
        var applied = (Applied) apply(BASE.file("was-empty/now/full", "x"));

        applier.undo(applied.record());

        assertThat(host()).isEqualTo(before);
    }

    @Test
    @Threat(B20)
    void git_folders_are_refused_under_any_name() throws IOException {
        for (var name :
                List.of(".git", ".GIT", "git~1", ".git ", ".git.", ".g\u200cit", ".git::$INDEX")) {
            var path = "lib/" + name + "/hooks/pre-commit";
            assertThat(apply(BASE.file(path, "#!/bin/sh\n")))
                    .isEqualTo(refused(path, "git's own folders are never written"));
        }
    }
}
