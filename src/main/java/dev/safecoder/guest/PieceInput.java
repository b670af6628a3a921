package dev.safecoder.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;

/**
 * The receiving half of a byte stream, made of the pieces that its source gives. An interrupt while
 * it waits is an {@link InterruptedIOException}; the thread stays interrupted.
 */
final class PieceInput extends InputStream {
    /** Gives the next piece, which is empty at the end and not asked for again after that. */
    @FunctionalInterface
    interface Source {
        byte[] next() throws IOException, InterruptedException;
    }

    private final Source source;
    private byte[] piece = new byte[0];
    private int at;
    private boolean ended;

    PieceInput(Source source) {
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        return fill() ? piece[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int most) throws IOException {
        Objects.checkFromIndexSize(offset, most, target.length);
        if (most == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(most, piece.length - at);
        System.arraycopy(piece, at, target, offset, count);
        at += count;
        return count;
    }

    @Override
    public int available() {
        return piece.length - at;
    }

    /** Takes and drops the rest. */
    void skipAll() throws IOException {
        while (fill()) {
            at = piece.length;
        }
    }

    private boolean fill() throws IOException {
        if (at < piece.length) {
            return true;
        }
        if (ended) {
            return false;
        }
        try {
            piece = source.next();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the sandbox sends nothing");
        }
        at = 0;
        ended = piece.length == 0;
        return !ended;
    }
}
