package dev.safecoder.sandbox.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttachedStreamTest {
    private static AttachedStream stream(InputStream body) {
        var socket = new EngineSocket(body, new ByteArrayOutputStream(), () -> {});
        return new AttachedStream(new HttpAnswer(101, Map.of(), body, socket), () -> {});
    }

    private static byte[] piece(int kind, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var piece = new ByteArrayOutputStream();
        piece.write(kind);
        piece.writeBytes(
                new byte[] {0, 0, 0, 0, 0, (byte) (bytes.length >> 8), (byte) bytes.length});
        piece.writeBytes(bytes);
        return piece.toByteArray();
    }

    private static byte[] joined(byte[]... pieces) {
        var all = new ByteArrayOutputStream();
        for (var piece : pieces) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }

    @Test
    void output_and_errors_are_told_apart_however_they_are_cut() throws IOException {
        var bytes = joined(piece(1, "one "), piece(2, "bad"), piece(1, ""), piece(1, "two"));
        for (int most = 1; most < 9; most++) {
            var stream = stream(new Dripping(bytes, most));
            assertThat(new String(stream.input().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("one two");
            assertThat(stream.lastWords()).isEqualTo("bad");
        }
    }

    @Test
    void of_endless_errors_only_the_first_are_kept() throws IOException {
        var stream =
                stream(
                        new ByteArrayInputStream(
                                joined(piece(2, "x".repeat(60_000)), piece(1, "out"))));
        assertThat(stream.input().readAllBytes()).hasSize(3);
        assertThat(stream.lastWords()).hasSize(4096);
    }

    @Test
    void a_stream_that_is_cut_ends() throws IOException {
        var whole = piece(1, "hello");
        for (int length = 0; length < whole.length; length++) {
            var stream = stream(new ByteArrayInputStream(java.util.Arrays.copyOf(whole, length)));
            assertThat(stream.input().readAllBytes()).hasSize(Math.max(0, length - 8));
        }
    }

    @Test
    void what_is_no_multiplexed_stream_is_a_failure() {
        var stream =
                stream(new ByteArrayInputStream("hello, world".getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(() -> stream.input().readAllBytes()).isInstanceOf(IOException.class);
    }

    @Test
    void without_words_the_end_itself_is_told() throws IOException {
        var stream = stream(InputStream.nullInputStream());
        assertThat(stream.input().read()).isEqualTo(-1);
        assertThat(stream.lastWords()).isEqualTo("its container ended");
    }

    /** Gives at most a few bytes at a time. */
    private static final class Dripping extends ByteArrayInputStream {
        private final int most;

        Dripping(byte[] bytes, int most) {
            super(bytes);
            this.most = most;
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(length, most));
        }
    }
}
