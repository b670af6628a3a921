package dev.safecoder.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineWindowTest {
    private static LineWindow window(byte[] file, int pieceSize, int first, int most) {
        var window = new LineWindow(first, most);
        for (int at = 0; at < file.length; at += pieceSize) {
            window.take(Arrays.copyOfRange(file, at, Math.min(file.length, at + pieceSize)));
        }
        window.end();
        return window;
    }

    private static LineWindow window(String file, int first, int most) {
        return window(file.getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE / 2, first, most);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "a/b/c/, 1, 9, 1: a/2: b/3: c/, 3",
                "a/b/c, 1, 9, 1: a/2: b/3: c/, 3",
                "a/b/c/, 2, 1, 2: b/, 3",
                "a/b/c/, 3, 9, 3: c/, 3",
                "a/b/c/, 4, 9, ~~, 3",
                "a//, 1, 9, 1: a/2: /, 2",
                "/, 1, 9, 1: /, 1",
                "~~, 1, 9, ~~, 0",
            })
    void lines_are_numbered_and_counted(
            String file, int first, int most, String shown, long lines) {
        var window = window(file.replace('/', '\n'), first, most);
        assertThat(window.shown()).isEqualTo(shown.replace('/', '\n'));
        assertThat(window.lines()).isEqualTo(lines);
    }

    @Test
    void pieces_of_any_size_give_the_same() {
        var file = "\uFEFFäö\r\n€uro\r\n\r\n💣💣\nlast".getBytes(StandardCharsets.UTF_8);
        for (int size = 1; size <= file.length; size++) {
            var window = window(file, size, 1, 10);
            assertThat(window.shown()).isEqualTo("1: äö\n2: €uro\n3: \n4: 💣💣\n5: last\n");
            assertThat(window.hasWindowsEndings()).isTrue();
            assertThat(window.endsInsideLine()).isTrue();
        }
    }

    @Test
    void a_long_line_is_cut_between_characters() {
        assertThat(window("💣".repeat(2_000) + "\nx\n", 1, 10).shown())
                .isEqualTo("1: " + "💣".repeat(2_000) + "\n2: x\n");
        assertThat(window("💣".repeat(2_001) + "\nx\n", 1, 10).shown())
                .isEqualTo(
                        "1: " + "💣".repeat(2_000) + "... (line cut at 2,000 characters)\n2: x\n");
    }

    @Test
    void fifty_kibibytes_are_enough_and_the_rest_is_counted() {
        var window = window(("x".repeat(1_000) + "\n").repeat(100), 1, 2_000);
        assertThat(window.shown().length()).isBetween(49_000, 50 << 10);
        assertThat(window.shownLines()).isEqualTo(50);
        assertThat(window.lines()).isEqualTo(100);
    }

    @Test
    void bytes_that_are_no_text_are_replaced() {
        assertThat(window(new byte[] {'a', (byte) 0xff, (byte) 0xc3, '\n'}, 9, 1, 1).shown())
                .isEqualTo("1: a\uFFFD\uFFFD\n");
    }

    @Test
    void other_things_than_text_are_recognised() {
        assertThat(BinarySniff.look("plain\ttext\u001b[0m\n".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(BinarySniff.look(new byte[] {})).isEmpty();
        assertThat(BinarySniff.look(new byte[] {'E', 'L', 'F', 0})).contains("it is a binary file");
        assertThat(BinarySniff.look(new byte[] {1, 2, 3, 'a'})).contains("it is a binary file");
        assertThat(BinarySniff.look("hi".getBytes(StandardCharsets.UTF_16)))
                .contains("it is UTF-16 text; convert it with bash (iconv) first");
    }
}
