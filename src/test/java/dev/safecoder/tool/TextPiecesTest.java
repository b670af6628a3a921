package dev.safecoder.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parts that bound and mend text: decoding, head and tail, searching. */
class TextPiecesTest {
    private static final byte[] MIXED = mixed();

    private static byte[] mixed() {
        var random = new Random(3);
        var bytes = "a ä € 💣 ".repeat(20).getBytes(StandardCharsets.UTF_8);
        for (int hit = 0; hit < 25; hit++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    @Test
    void a_stream_decodes_as_the_whole_does_wherever_it_is_torn() {
        var whole = new String(MIXED, StandardCharsets.UTF_8);
        for (int size = 1; size < 40; size++) {
            var decoder = new StreamText();
            var text = new StringBuilder();
            for (int at = 0; at < MIXED.length; at += size) {
                text.append(
                        decoder.decode(
                                Arrays.copyOfRange(MIXED, at, Math.min(MIXED.length, at + size))));
            }
            assertThat(text.append(decoder.end()).toString()).as("%d", size).isEqualTo(whole);
        }
    }

    @Test
    void a_text_within_the_limit_is_whole() {
        for (int length = 0; length <= 10; length++) {
            var text = "0123456789".substring(0, length);
            var kept = new HeadAndTail(10);
            text.chars().forEach(one -> kept.append(String.valueOf((char) one)));
            assertThat(kept.text()).isEqualTo(text);
        }
    }

    @Test
    void head_and_tail_are_the_same_however_the_text_comes() {
        var text = "abcdefghijklmnopqrstuvwxyz0123456789";
        for (int size = 1; size <= text.length(); size++) {
            var kept = new HeadAndTail(10);
            for (int at = 0; at < text.length(); at += size) {
                kept.append(text.substring(at, Math.min(text.length(), at + size)));
            }
            assertThat(kept.text()).isEqualTo("abcde\n[... 26 characters left out ...]\n56789");
        }
    }

    @Test
    void no_character_is_cut_in_half() {
        var kept = new HeadAndTail(10);
        kept.append("abcd💣------💣wxyz");
        assertThat(kept.text()).isEqualTo("abcd\n[... 10 characters left out ...]\nwxyz");
        assertThat(ModelText.cut("abc💣def", 5)).isEqualTo("abc…");
        assertThat(ModelText.cut("abc💣def", 6)).isEqualTo("abc💣…");
        assertThat(ModelText.cut("abc", 3)).isEqualTo("abc");
    }

    @ParameterizedTest
    @CsvSource({"a\u0000b, a␀b", "\uD800x, \uFFFDx", "x\uDC00, x\uFFFD", "💣, 💣"})
    void what_no_request_can_carry_is_replaced(String text, String sendable) {
        assertThat(ModelText.sendable(text)).isEqualTo(sendable);
    }

    @Test
    void controls_in_output_become_visible() {
        assertThat(ModelText.output("a\r\nb\rc\t\u001b[2J\u0007\u007f\u009b31m\n"))
                .isEqualTo("a\nb␍c\t␛[2J␇␡\uFFFD31m\n");
    }

    @Test
    void searching_finds_what_a_plain_search_finds() {
        var random = new Random(5);
        for (int round = 0; round < 5_000; round++) {
            var text = letters(random, random.nextInt(40));
            var needle = letters(random, 1 + random.nextInt(4));
            assertThat(TextSearch.occurrences(text, needle, Integer.MAX_VALUE))
                    .isEqualTo(plainly(text, needle));
        }
    }

    private static String letters(Random random, int length) {
        var text = new StringBuilder();
        for (int at = 0; at < length; at++) {
            text.append((char) ('a' + random.nextInt(2)));
        }
        return text.toString();
    }

    private static List<Integer> plainly(String text, String needle) {
        var found = new ArrayList<Integer>();
        for (int at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
            found.add(at);
        }
        return found;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Main.jva | Main.java",
                "main.java | Main.java",
                "main | Main.java",
                "Main.kt | Main.java",
                "raedme.md | readme.md",
                "zzz | ",
            })
    void near_names_are_found(String wanted, String near) {
        var names = List.of("Main.java", "readme.md", "x");
        assertThat(NearNames.to(wanted, names)).isEqualTo(near == null ? List.of() : List.of(near));
    }
}
