package dev.safecoder.tui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

/** What a model's words look like, and that they draw nothing but themselves. */
class MarkdownLinesTest {
    private static List<String> lines(String markdown, int width) {
        return MarkdownLines.of(markdown, width).stream().map(AttributedString::toString).toList();
    }

    @Test
    void blocks_are_laid_out() {
        assertThat(
                        lines(
                                """
                                # Head
                                Some *words* and `code`.

                                - one
                                - two
                                  1. deep

                                > quoted

                                ```python
                                def f():  # why
                                \treturn "x"
                                ```
                                ***
                                """,
                                40))
                .containsExactly(
                        "Head",
                        "",
                        "Some words and code.",
                        "",
                        "• one",
                        "• two",
                        "  1. deep",
                        "",
                        "▏ quoted",
                        "",
                        "  def f():  # why",
                        "      return \"x\"",
                        "",
                        "─".repeat(40),
                        "");
    }

    @Test
    void lines_end_at_blanks_and_before_the_edge_also_for_wide_letters() {
        assertThat(lines("one two three four five", 11))
                .containsExactly("one two", "three four", "five", "");
        assertThat(lines("日本語日本語日本語", 10)).containsExactly("日本語日本", "語日本語", "");
        assertThat(MarkdownLines.of("🙂".repeat(30), 21))
                .allSatisfy(line -> assertThat(line.columnLength()).isLessThanOrEqualTo(21));
    }

    @Test
    void an_address_is_always_shown() {
        assertThat(lines("[safe](https://evil.example) <https://a.example>", 80))
                .containsExactly("safe (https://evil.example) https://a.example", "");
    }

    @Test
    void nothing_reaches_the_terminal_that_is_not_to_be_seen() {
        var hostile = "a\033[31mb\u202Ec &#27;[2J `\033]0;t\007` <b>\u200B";
        for (var line : MarkdownLines.of(hostile + "\n\n    \033[1m\n\n```\n\033[5m\n```", 80)) {
            assertThat(line.toString()).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
        }
        // the control: that very text holds what would be drawn
        assertThat(hostile).containsPattern("[\\p{Cc}\\p{Cf}]");
    }
}
