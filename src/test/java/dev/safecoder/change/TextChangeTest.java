package dev.safecoder.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

final class TextChangeTest {
    private final MemoryBlobs blobs = new MemoryBlobs();

    @Test
    void edits_are_replaced_ranges_of_lines() throws Exception {
        assertThat(change("a\nb\nc\nd\n", "a\nB\nc\nd\ne").edits())
                .containsExactly(new Edit(1, 2, 1, 2), new Edit(4, 4, 4, 5));
    }

    @Test
    void a_last_line_with_and_without_line_feed_differ() throws Exception {
        assertThat(change("a\nb", "a\nb\n").edits()).containsExactly(new Edit(1, 2, 1, 2));
    }

    @Test
    void a_carriage_return_is_a_byte_like_any_other() throws Exception {
        assertThat(change("a\rb\r\n", "a\rb\n").edits()).containsExactly(new Edit(0, 1, 0, 1));
    }

    @Test
    void close_edits_make_one_hunk_and_can_be_split() throws Exception {
        var before = "0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n";
        var change = change(before, before.replace("1\n2\n", "x\n2\n").replace("14\n", "y\n"));
        assertThat(change.hunks()).hasSize(2);
        var close = change(before, before.replace("1\n2\n", "x\n2\n").replace("6\n", "y\n"));
        assertThat(close.hunks()).hasSize(1);
        assertThat(close.split(close.hunks().getFirst()))
                .extracting(Hunk::edits)
                .containsExactly(List.of(new Edit(1, 2, 1, 2)), List.of(new Edit(6, 7, 6, 7)));
    }

    @Test
    void a_hunk_is_named_by_its_contents_and_edits_alone() throws Exception {
        var one = change("a\nb\n", "a\nB\n").hunks().getFirst().id();
        assertThat(change("a\nb\n", "a\nB\n").hunks().getFirst().id()).isEqualTo(one);
        assertThat(change("a\nb\n", "a\nC\n").hunks().getFirst().id()).isNotEqualTo(one);
        assertThat(change("0\nb\n", "0\nB\n").hunks().getFirst().id()).isNotEqualTo(one);
    }

    @Test
    void accepting_none_or_all_gives_the_one_or_the_other_content() throws Exception {
        var random = new Random(1);
        for (int round = 0; round < 300; round++) {
            var before = text(random);
            var after = text(random);
            var change = change(before, after);
            assertThat(text(change.accepting(Set.of()))).isEqualTo(before);
            assertThat(text(change.accepting(Set.copyOf(change.edits())))).isEqualTo(after);
        }
    }

    @Test
    void accepting_some_then_the_rest_gives_the_new_content() throws Exception {
        var random = new Random(2);
        for (int round = 0; round < 300; round++) {
            var after = text(random);
            var change = change(text(random), after);
            var some = new HashSet<>(change.edits());
            some.removeIf(edit -> random.nextBoolean());
            var between = text(change.accepting(some));
            var rest = change(between, after);
            assertThat(text(rest.accepting(Set.copyOf(rest.edits())))).isEqualTo(after);
            assertThat(rest.edits().size()).isLessThanOrEqualTo(change.edits().size());
        }
    }

    @Test
    void a_binary_change_has_no_text() throws Exception {
        var set =
                TreeComparison.between(
                        java.util.Map.of(),
                        java.util.Map.of(dev.safecoder.path.RelativePath.of("x"), blobs.file("\0")),
                        blobs);
        assertThatThrownBy(() -> TextChange.of(set.changes().getFirst(), blobs))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void two_hundred_thousand_lines_with_nothing_or_little_in_common_take_no_time() {
        var random = new Random(3);
        Assertions.assertTimeout(
                Duration.ofSeconds(10),
                () -> {
                    for (int kinds : new int[] {2, 50, 1_000_000}) {
                        change(lines(random, kinds), lines(random, kinds));
                    }
                });
    }

    private static String lines(Random random, int kinds) {
        var text = new StringBuilder();
        for (int line = 0; line < 200_000; line++) {
            text.append(random.nextInt(kinds)).append('\n');
        }
        return text.toString();
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int line = random.nextInt(30); line > 0; line--) {
            text.append(random.nextInt(6)).append('\n');
        }
        return random.nextBoolean() ? text.toString() : text.append("open").toString();
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }

    private TextChange change(String before, String after) throws Exception {
        return TextChange.of(
                Optional.of(blobs.file(before)), Optional.of(blobs.file(after)), blobs);
    }
}
