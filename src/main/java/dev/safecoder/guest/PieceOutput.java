package dev.safecoder.guest;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Objects;

/**
 * The sending half of a byte stream: waits for credit, and ends with a frame of its own. An
 * interrupt while it waits is an {@link InterruptedIOException}; the thread stays interrupted.
 */
final class PieceOutput extends OutputStream {
    private final Exchange exchange;
    private final HostFrame piece;
    private final HostFrame end;
    private volatile boolean closed;

    PieceOutput(Exchange exchange, HostFrame piece, HostFrame end) {
        this.exchange = exchange;
        this.piece = piece;
        this.end = end;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one});
    }

    @Override
    public void write(byte[] source, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, source.length);
        int sent = 0;
        while (sent < count) {
            if (closed) {
                throw new IOException("the stream to the sandbox is closed");
            }
            int more = send(source, offset + sent, count - sent);
            if (more == 0) {
                throw new IOException("nobody reads in the sandbox any more");
            }
            sent += more;
        }
    }

    private int send(byte[] source, int offset, int count) throws InterruptedIOException {
        try {
            return exchange.sendPiece(piece, source, offset, count);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the sandbox does not read");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            exchange.send(FrameBuilder.of(end));
        }
    }
}
