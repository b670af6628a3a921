package dev.safecoder.tool.mcp;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/** Puts a stream of bytes together to lines, none longer than allowed. */
final class Lines {
    private final int longest;
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();

    Lines(int longest) {
        this.longest = longest;
    }

    /** Gives each line that these bytes complete; false when one grows too long. */
    boolean add(byte[] bytes, Consumer<byte[]> line) {
        int start = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                if (!keep(bytes, start, at)) {
                    return false;
                }
                line.accept(open.toByteArray());
                open.reset();
                start = at + 1;
            }
        }
        return keep(bytes, start, bytes.length);
    }

    private boolean keep(byte[] bytes, int start, int end) {
        if (open.size() + (end - start) > longest) {
            return false;
        }
        open.write(bytes, start, end - start);
        return true;
    }
}
