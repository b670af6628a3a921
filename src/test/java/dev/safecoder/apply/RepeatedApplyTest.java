package dev.safecoder.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.apply.ApplyOutcome.Applied;
import dev.safecoder.change.TextChange;
import dev.safecoder.path.RelativePath;
import dev.safecoder.review.Review;
import dev.safecoder.review.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One session that is applied again and again while the user works on, too. */
class RepeatedApplyTest {
    private static final RelativePath TEXT = RelativePath.of("text");
    private static final SampleTree BASE = tree("1", "2", "3", "4", "5", "6", "7", "8", "9");

    @TempDir Path folder;
    private ApplyFixture fixture;

    @BeforeEach
    void lay() throws IOException {
        fixture = new ApplyFixture(folder, BASE);
    }

    private static SampleTree tree(String... lines) {
        return new SampleTree().file("text", String.join("\n", lines) + "\n");
    }

    private void userWrites(SampleTree tree) throws IOException {
        Files.writeString(fixture.project().resolve("text"), tree.content("text"));
    }

    @Test
    void a_line_that_changes_again_is_no_conflict_with_itself() throws IOException {
        fixture.apply(tree("one", "2", "3", "4", "5", "6", "7", "8", "9"));

        assertThat(fixture.apply(tree("uno", "2", "3", "4", "5", "6", "7", "8", "9")))
                .isInstanceOf(Applied.class);

        assertThat(fixture.host()).isEqualTo(tree("uno", "2", "3", "4", "5", "6", "7", "8", "9"));
    }

    @Test
    void the_users_edits_in_between_stay() throws IOException {
        fixture.apply(tree("one", "2", "3", "4", "5", "6", "7", "8", "9"));
        userWrites(tree("one", "2", "3", "4", "mine", "6", "7", "8", "9"));

        fixture.apply(tree("uno", "2", "3", "4", "5", "6", "7", "8", "nine"));
        userWrites(tree("uno", "2", "3", "4", "mine", "6", "mine", "8", "nine"));
        fixture.apply(tree("1st", "2", "3", "4", "5", "6", "7", "8", "nine"));

        assertThat(fixture.host())
                .isEqualTo(tree("1st", "2", "3", "4", "mine", "6", "mine", "8", "nine"));
    }

    @Test
    void a_line_that_the_session_took_back_goes_again() throws IOException {
        fixture.apply(tree("1", "new", "2", "3", "4", "5", "6", "7", "8", "9"));

        fixture.apply(tree("1", "2", "3", "4", "5", "6", "7", "8", "nine"));

        assertThat(fixture.host()).isEqualTo(tree("1", "2", "3", "4", "5", "6", "7", "8", "nine"));
    }

    @Test
    void a_file_that_the_session_made_can_change_and_go() throws IOException {
        fixture.apply(BASE.file("new", "first\n"));
        fixture.apply(BASE.file("new", "second\n"));
        assertThat(fixture.host()).isEqualTo(BASE.file("new", "second\n"));

        fixture.apply(BASE.without("text").file("new", "third\n"));
        assertThat(fixture.host()).isEqualTo(new SampleTree().file("new", "third\n"));
    }

    @Test
    void hunks_can_be_accepted_one_apply_after_the_other() throws IOException {
        var after = tree("one", "2", "3", "4", "5", "6", "7", "8", "nine");
        var changes = BASE.changesTo(after);
        var text = TextChange.of(changes.changes().getFirst(), changes.blobs());
        var hunks = text.split(text.hunks().getFirst());
        var first =
                Review.of(changes)
                        .decide(TEXT, Verdict.REJECT)
                        .decide(TEXT, text, hunks.getFirst(), Verdict.ACCEPT);

        fixture.applier().apply(ApplyRequest.of(fixture.project(), "session", first));
        assertThat(fixture.host()).isEqualTo(tree("one", "2", "3", "4", "5", "6", "7", "8", "9"));
        userWrites(tree("one", "2", "3", "4", "mine", "6", "7", "8", "9"));
        fixture.apply(after);

        assertThat(fixture.host())
                .isEqualTo(tree("one", "2", "3", "4", "mine", "6", "7", "8", "nine"));
    }

    @Test
    void an_undone_apply_can_be_applied_again() throws IOException {
        var after = tree("one", "2", "3", "4", "5", "6", "7", "8", "9");
        var applied = (Applied) fixture.apply(after);
        fixture.applier().undo(applied.record());

        assertThat(fixture.apply(after)).isInstanceOf(Applied.class);

        assertThat(fixture.host()).isEqualTo(after);
    }

    @Test
    void a_path_that_the_session_wrote_is_not_unknown_any_more() throws IOException {
        fixture.apply(tree("one", "2", "3", "4", "5", "6", "7", "8", "9"));
        var after = tree("uno", "2", "3", "4", "5", "6", "7", "8", "9");

        fixture.applier()
                .apply(fixture.request(after).withUnknown(Map.of(TEXT, "it changed since")));

        assertThat(fixture.host()).isEqualTo(after);
    }

    @Test
    void another_sessions_lines_are_like_the_users() throws IOException {
        fixture.apply(tree("one", "2", "3", "4", "5", "6", "7", "8", "9"));
        var all = Review.of(BASE.changesTo(tree("uno", "2", "3", "4", "5", "6", "7", "8", "9")));

        assertThat(fixture.applier().apply(ApplyRequest.of(fixture.project(), "other", all)))
                .isInstanceOf(ApplyOutcome.Withheld.class);
    }

    @Test
    void a_fork_starts_from_the_hunks_that_its_origin_wrote() throws IOException {
        var after = tree("one", "2", "3", "4", "5", "6", "7", "8", "nine");
        var changes = BASE.changesTo(after);
        var text = TextChange.of(changes.changes().getFirst(), changes.blobs());
        var first = text.split(text.hunks().getFirst()).getFirst();
        var review =
                Review.of(changes)
                        .decide(TEXT, Verdict.REJECT)
                        .decide(TEXT, text, first, Verdict.ACCEPT);
        var origin = ApplyRequest.of(fixture.project(), "session", review);
        var record = ((Applied) fixture.applier().apply(origin)).record();
        var changed = tree("uno", "2", "3", "4", "5", "6", "7", "8", "nine");
        var all = Review.of(BASE.changesTo(changed)).decideAll(_ -> true, Verdict.ACCEPT);
        var fork = ApplyRequest.of(fixture.project(), "fork", all);

        assertThat(fixture.applier().apply(fork)).isInstanceOf(ApplyOutcome.Withheld.class);
        fixture.applier().apply(fork.withInherited(List.of(record)));

        assertThat(fixture.host()).isEqualTo(changed);
    }

    @Test
    void an_undo_forgets_what_it_took_back_and_only_that() throws IOException {
        var first = (Applied) fixture.apply(tree("1", "2", "3", "4", "5", "6", "7", "8", "nine"));
        var second =
                (Applied) fixture.apply(tree("one", "2", "3", "4", "5", "6", "7", "8", "nine"));
        userWrites(tree("mine", "2", "3", "4", "5", "6", "7", "8", "nine"));

        assertThat(fixture.applier().undo(second.record()))
                .isInstanceOf(ApplyOutcome.Withheld.class);
        assertThat(second.record().isKept()).isTrue();
        userWrites(tree("one", "2", "3", "4", "5", "6", "7", "8", "nine"));
        fixture.applier().undo(second.record());

        assertThat(second.record().isKept()).isFalse();
        assertThat(first.record().isKept()).isTrue();
    }

    @Test
    void a_preview_knows_what_was_written_before() throws IOException {
        fixture.apply(tree("one", "2", "3", "4", "5", "6", "7", "8", "9"));

        var preview =
                fixture.applier()
                        .preview(
                                fixture.request(
                                        tree("uno", "2", "3", "4", "5", "6", "7", "8", "9")));

        assertThat(preview.conflicts()).isEmpty();
        assertThat(preview.changes().changes()).hasSize(1);
    }
}
