package dev.safecoder.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import dev.safecoder.tool.RequiredLiteral.Letters;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequiredLiteralTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '~',
            value = {
                "hello > hello",
                "def \\w+\\(self > (self",
                "ab+cde > cde",
                "abc*de > ab",
                "abcd{2,3}ef > abc",
                "x(foo|bar)yes > yes",
                "x[a]bc]def > bc]def",
                "a\\.b\\.c > a.b.c",
                "[[:alpha:]]abc > abc",
                "^import java > import java",
            })
    void the_longest_certain_text_is_told(String expression, String literal) {
        assertThat(RequiredLiteral.of(expression, Letters.EXACT)).contains(literal);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "a|b",
                "foo|bar",
                "(?i)foo",
                "\\Qa|b\\E",
                "\\x41bc",
                "\\pLabc",
                ".*",
                "a?b?",
                "(foo)?",
                "a"
            })
    void where_nothing_is_certain_nothing_is_told(String expression) {
        assertThat(RequiredLiteral.of(expression, Letters.EXACT)).isEqualTo(Optional.empty());
    }

    @Test
    void letters_that_have_another_case_beyond_ascii_are_not_certain_in_any_case() {
        assertThat(RequiredLiteral.of("größe", Letters.ANY_CASE)).contains("gr");
    }

    /** Random expressions over few letters on random lines: a match without the text is a bug. */
    @Test
    void every_match_contains_the_text() {
        var random = new Random(7);
        int matches = 0;
        for (int round = 0; round < 20_000; round++) {
            var expression = expression(random, 3);
            var line = letters(random, 12);
            var literal = RequiredLiteral.of(expression, Letters.EXACT);
            if (literal.isPresent() && Pattern.compile(expression).matcher(line).find()) {
                matches++;
                assertThat(line).as(expression).contains(literal.get());
            }
        }
        assertThat(matches).isGreaterThan(200);
    }

    private static String letters(Random random, int length) {
        var text = new StringBuilder();
        for (int at = 0; at < length; at++) {
            text.append((char) ('a' + random.nextInt(2)));
        }
        return text.toString();
    }

    private static String expression(Random random, int depth) {
        var text = new StringBuilder();
        for (int part = 1 + random.nextInt(4); part > 0; part--) {
            text.append(
                    switch (random.nextInt(depth > 0 ? 7 : 4)) {
                        case 0, 1 -> letters(random, 1 + random.nextInt(3));
                        case 2 -> "[ab]";
                        case 3 -> ".";
                        case 4 -> "(" + expression(random, depth - 1) + ")";
                        case 5 -> "(?:a|" + expression(random, depth - 1) + ")";
                        default -> "[^]b]";
                    });
            text.append(
                    switch (random.nextInt(9)) {
                        case 0 -> "*";
                        case 1 -> "?";
                        case 2 -> "+";
                        case 3 -> "{0,2}";
                        case 4 -> random.nextInt(4) == 0 ? "|" : "";
                        default -> "";
                    });
        }
        return text.toString();
    }
}
