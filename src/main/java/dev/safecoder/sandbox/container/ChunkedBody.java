package dev.safecoder.sandbox.container;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body that comes in chunks, each with its length before it. */
final class ChunkedBody extends InputStream {
    private final InputStream input;
    private long left;
    private boolean first = true;
    private boolean ended;

    ChunkedBody(InputStream input) {
        this.input = input;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0 && !ended) {
            startChunk();
        }
        if (ended) {
            return -1;
        }
        int count = input.read(bytes, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("the engine closed the connection");
        }
        left -= count;
        return count;
    }

    private void startChunk() throws IOException {
        if (!first) {
            EngineHttp.line(input); // the end of the chunk before
        }
        first = false;
        var size = EngineHttp.line(input).replaceFirst(";.*", "").strip();
        if (!size.matches("[0-9a-fA-F]{1,8}")) {
            throw new IOException("the engine's answer has an unreadable chunk");
        }
        left = Long.parseLong(size, 16);
        ended = left == 0;
    }
}
