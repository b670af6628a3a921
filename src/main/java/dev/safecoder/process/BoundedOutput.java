package dev.safecoder.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the head and the tail of a stream of any length; read by one thread, asked by another. */
final class BoundedOutput {
    private final int half;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final byte[] ring;
    private long total;

    /** Keeps at most {@code most} bytes, half of them for the tail. */
    BoundedOutput(int most) {
        half = Math.max(1, most / 2);
        ring = new byte[half];
    }

    /** Reads to the end; what does not fit is read and forgotten, so that the writer goes on. */
    void drain(InputStream stream) throws IOException {
        var buffer = new byte[8192];
        for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
            add(buffer, read);
        }
    }

    private synchronized void add(byte[] bytes, int count) {
        int forHead = Math.min(count, half - head.size());
        head.write(bytes, 0, forHead);
        total += forHead;
        for (int i = forHead; i < count; i++) {
            ring[(int) (total++ % half)] = bytes[i];
        }
    }

    synchronized ProgramOutput taken() {
        long beyondHead = total - head.size();
        int kept = (int) Math.min(beyondHead, half);
        var tail = new byte[kept];
        for (int i = 0; i < kept; i++) {
            tail[i] = ring[(int) ((total - kept + i) % half)];
        }
        long left = beyondHead - kept;
        if (left == 0) {
            var all = new ByteArrayOutputStream();
            all.writeBytes(head.toByteArray());
            all.writeBytes(tail);
            return new ProgramOutput(
                    all.toString(StandardCharsets.UTF_8), total, ProgramOutput.Extent.WHOLE);
        }
        var text =
                "%s\n[... %d bytes left out ...]\n%s"
                        .formatted(
                                head.toString(StandardCharsets.UTF_8),
                                left,
                                new String(tail, StandardCharsets.UTF_8));
        return new ProgramOutput(text, total, ProgramOutput.Extent.HEAD_AND_TAIL);
    }
}
