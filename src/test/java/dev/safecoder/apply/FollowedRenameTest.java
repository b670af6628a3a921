package dev.safecoder.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.apply.ApplyOutcome.Applied;
import dev.safecoder.apply.ApplyOutcome.Withheld;
import dev.safecoder.change.Patch;
import dev.safecoder.path.RelativePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that the session renamed while the user worked on it under its old name. */
class FollowedRenameTest {
    private static final SampleTree BASE = tree("old", "1", "9");
    private static final RelativePath NEW = RelativePath.of("new");

    @TempDir Path folder;
    private ApplyFixture fixture;
    private Path project;

    @BeforeEach
    void lay() throws IOException {
        fixture = new ApplyFixture(folder, BASE);
        project = fixture.project();
    }

    private static SampleTree tree(String path, String first, String last) {
        var text = "%s\n2\n3\n4\n5\n6\n7\n8\n%s\n".formatted(first, last);
        return new SampleTree().file(path, text);
    }

    private void userWrites(SampleTree tree) throws IOException {
        tree.writeTo(project);
    }

    private ApplyOutcome apply(SampleTree after) throws IOException {
        return fixture.applier().apply(fixture.requestWithRenames(after));
    }

    private ApplyOutcome apply(SampleTree after, Resolution resolution) throws IOException {
        var request = fixture.requestWithRenames(after);
        return fixture.applier().apply(request.withResolutions(Map.of(NEW, resolution)));
    }

    private String permissions(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(project.resolve(path)));
    }

    private void userSets(String path, String permissions) throws IOException {
        Files.setPosixFilePermissions(
                project.resolve(path), PosixFilePermissions.fromString(permissions));
    }

    @Test
    void the_users_edit_goes_along_and_comes_back() throws IOException {
        userWrites(tree("old", "mine", "9"));

        var applied = (Applied) apply(tree("new", "1", "nine"));

        assertThat(fixture.host()).isEqualTo(tree("new", "mine", "nine"));
        assertThat(applied.paths()).containsExactly(NEW);
        fixture.applier().undo(applied.record());
        assertThat(fixture.host()).isEqualTo(tree("old", "mine", "9"));
    }

    @Test
    void a_file_that_only_moves_takes_the_users_version_with_it() throws IOException {
        userWrites(tree("old", "mine", "9"));

        var applied = (Applied) apply(tree("folder/new", "1", "9"));

        assertThat(fixture.host()).isEqualTo(tree("folder/new", "mine", "9"));
        fixture.applier().undo(applied.record());
        assertThat(fixture.host()).isEqualTo(tree("old", "mine", "9"));
    }

    @Test
    void without_the_rename_it_stays_a_conflict() throws IOException {
        userWrites(tree("old", "mine", "9"));

        assertThat(fixture.apply(tree("new", "1", "nine")))
                .isEqualTo(ApplyFixture.conflict("old", "it was changed on the host, too"));
        assertThat(fixture.host()).isEqualTo(tree("old", "mine", "9"));
    }

    @Test
    void edits_of_the_same_line_are_a_conflict_that_names_both_paths() throws IOException {
        userWrites(tree("old", "mine", "9"));

        assertThat(apply(tree("new", "one", "9")))
                .isEqualTo(
                        ApplyFixture.conflict(
                                "new",
                                "it is renamed from 'old' to 'new', and both the host and the"
                                        + " session changed it, in the same place"));
        assertThat(fixture.host()).isEqualTo(tree("old", "mine", "9"));
    }

    @Test
    void such_a_conflict_is_settled_as_the_user_says() throws IOException {
        userWrites(tree("old", "mine", "9"));
        var after = tree("new", "one", "9");

        assertThat(apply(after, Resolution.KEEP_HOST)).isInstanceOf(ApplyOutcome.NothingToDo.class);
        assertThat(fixture.host()).isEqualTo(tree("old", "mine", "9"));

        var marked = (Applied) apply(after, Resolution.MARK_CONFLICTS);
        assertThat(fixture.host())
                .isEqualTo(tree("new", "<<<<<<< host\nmine\n=======\none\n>>>>>>> session", "9"));
        fixture.applier().undo(marked.record());

        var taken = (Applied) apply(after, Resolution.TAKE_SESSION);
        assertThat(fixture.host()).isEqualTo(after);
        fixture.applier().undo(taken.record());
        assertThat(fixture.host()).isEqualTo(tree("old", "mine", "9"));
    }

    @Test
    void a_new_name_that_the_user_has_taken_leaves_both_files_alone() throws IOException {
        var host = tree("old", "mine", "9").file("new", "the user's\n");
        userWrites(host);

        assertThat(apply(tree("new", "1", "nine"))).isInstanceOf(Withheld.class);
        assertThat(fixture.host()).isEqualTo(host);
        assertThat(apply(tree("new", "1", "nine"), Resolution.KEEP_HOST))
                .isInstanceOf(ApplyOutcome.NothingToDo.class);
        assertThat(fixture.host()).isEqualTo(host);
    }

    @Test
    void permissions_go_along() throws IOException {
        userSets("old", "rw-r-----");

        var applied = (Applied) apply(tree("new", "1", "nine"));

        assertThat(permissions("new")).isEqualTo("rw-r-----");
        fixture.applier().undo(applied.record());
        assertThat(permissions("old")).isEqualTo("rw-r-----");
    }

    @Test
    void an_executable_bit_of_either_side_goes_along() throws IOException {
        userSets("old", "rw-------");
        var text = BASE.content("old");

        var bySession = (Applied) apply(new SampleTree().executable("new", text));
        assertThat(permissions("new")).isEqualTo("rwx------");
        fixture.applier().undo(bySession.record());

        userSets("old", "rwxr-x---");
        assertThat(apply(tree("new", "1", "nine"))).isInstanceOf(Applied.class);
        assertThat(permissions("new")).isEqualTo("rwxr-x---");
        assertThat(Files.readString(project.resolve("new"))).endsWith("nine\n");
    }

    @Test
    void an_undo_takes_what_the_user_wrote_since_back_to_the_old_name() throws IOException {
        var applied = (Applied) apply(tree("new", "1", "nine"));
        userWrites(tree("new", "mine", "nine"));

        var undone = (Applied) fixture.applier().undo(applied.record());

        assertThat(fixture.host()).isEqualTo(tree("old", "mine", "9"));
        fixture.applier().undo(undone.record());
        assertThat(fixture.host()).isEqualTo(tree("new", "mine", "nine"));
    }

    @Test
    void an_undo_refuses_where_the_user_wrote_in_the_same_place() throws IOException {
        var applied = (Applied) apply(tree("new", "1", "nine"));
        userWrites(tree("new", "1", "mine"));

        assertThat(fixture.applier().undo(applied.record())).isInstanceOf(Withheld.class);

        assertThat(fixture.host()).isEqualTo(tree("new", "1", "mine"));
    }

    @Test
    void the_next_apply_starts_from_what_went_along() throws IOException {
        userWrites(tree("old", "mine", "9"));
        apply(tree("new", "1", "nine"));
        var next = tree("new", "1", "nine").comparedTo(tree("new", "1", "ninth"));

        fixture.applier().apply(fixture.request(next));

        assertThat(fixture.host()).isEqualTo(tree("new", "mine", "ninth"));
    }

    @Test
    void a_preview_shows_what_would_come_to_the_users_version() throws IOException {
        userWrites(tree("old", "mine", "9"));

        var preview =
                fixture.applier().preview(fixture.requestWithRenames(tree("new", "1", "nine")));

        assertThat(preview.merged()).isEqualTo(List.of(NEW));
        var patch = new ByteArrayOutputStream();
        Patch.write(preview.changes(), patch);
        assertThat(patch.toString(StandardCharsets.UTF_8))
                .contains("rename from old\nrename to new\n", "-9\n+nine\n")
                .doesNotContain("+mine", "-mine");
        assertThat(fixture.host()).isEqualTo(tree("old", "mine", "9"));
    }
}
