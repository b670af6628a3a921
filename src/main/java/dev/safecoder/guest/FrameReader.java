package dev.safecoder.guest;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts the guest's bytes into frames. Reads as much at once as there is into one buffer of fixed
 * size, so that nothing the guest claims is ever allocated. Not thread-safe.
 */
final class FrameReader {
    private static final int LENGTH_FIELD = 4;
    private static final int LEAST = 5;
    private static final int MOST = LEAST + FrameBuilder.MOST_PAYLOAD;

    private final InputStream input;
    private final byte[] buffer = new byte[2 * (LENGTH_FIELD + MOST)];

    /** Where the current frame starts, where the next one does, and where the read bytes end. */
    private int frame;

    private int next;
    private int end;

    FrameReader(InputStream input) {
        this.input = input;
    }

    /**
     * Goes to the next frame; false at the end of the stream.
     *
     * @throws EOFException when the stream ends inside a frame
     */
    boolean next() throws IOException, ProtocolBreach {
        frame = next;
        if (!fill(LENGTH_FIELD)) {
            return false;
        }
        long length = u32(frame);
        if (length < LEAST || length > MOST) {
            throw new ProtocolBreach(
                    "a frame of %d bytes, %d to %d are allowed".formatted(length, LEAST, MOST));
        }
        fill(LENGTH_FIELD + (int) length);
        next = frame + LENGTH_FIELD + (int) length;
        return true;
    }

    /** Reads until the current frame has this many bytes; false when not even one came. */
    private boolean fill(int wanted) throws IOException {
        if (frame + wanted > buffer.length) {
            System.arraycopy(buffer, frame, buffer, 0, end - frame);
            end -= frame;
            frame = 0;
        }
        while (end - frame < wanted) {
            int count = input.read(buffer, end, buffer.length - end);
            if (count < 0) {
                if (end == frame) {
                    return false;
                }
                throw new EOFException("its stream broke off inside a frame");
            }
            end += count;
        }
        return true;
    }

    int type() {
        return buffer[frame + 4] & 0xff;
    }

    /** The stream's id; ids above the largest int come out negative and are never open. */
    int stream() {
        return (int) u32(frame + 5);
    }

    /** The array that holds the payload until the next call of {@link #next()}. */
    byte[] array() {
        return buffer;
    }

    int payloadStart() {
        return frame + FrameBuilder.HEADER;
    }

    int payloadLength() {
        return next - payloadStart();
    }

    private long u32(int at) {
        return (buffer[at] & 0xffL) << 24
                | (buffer[at + 1] & 0xffL) << 16
                | (buffer[at + 2] & 0xffL) << 8
                | buffer[at + 3] & 0xffL;
    }
}
