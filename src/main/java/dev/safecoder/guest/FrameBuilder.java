package dev.safecoder.guest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Writes one frame of the host's, field by field. A value that its field cannot hold is a bug. */
final class FrameBuilder {
    static final int HEADER = 9;
    static final int MOST_PAYLOAD = 65_536;

    /** Length, type, stream: the length counts what follows it. */
    private static final int COUNTED_HEADER = 5;

    private byte[] bytes;
    private int length = HEADER;

    private FrameBuilder(HostFrame type, int capacity) {
        bytes = new byte[capacity];
        bytes[4] = (byte) type.code();
    }

    static FrameBuilder of(HostFrame type) {
        return new FrameBuilder(type, 64);
    }

    /** A frame that is nothing but a piece of a byte stream. */
    static FrameBuilder piece(HostFrame type, byte[] source, int offset, int count) {
        var frame = new FrameBuilder(type, HEADER + count);
        System.arraycopy(source, offset, frame.bytes, HEADER, count);
        frame.length += count;
        return frame;
    }

    FrameBuilder u8(int value) {
        return number(value, 1, 0xff);
    }

    FrameBuilder u16(int value) {
        return number(value, 2, 0xffff);
    }

    FrameBuilder u32(long value) {
        return number(value, 4, 0xffff_ffffL);
    }

    FrameBuilder u64(long value) {
        return number(value, 8, Long.MAX_VALUE);
    }

    private FrameBuilder number(long value, int width, long most) {
        if (value < 0 || value > most) {
            throw new IllegalArgumentException("%d is not within 0 and %d".formatted(value, most));
        }
        reserve(width);
        put(length, value, width);
        length += width;
        return this;
    }

    private void put(int at, long value, int width) {
        for (int index = 0; index < width; index++) {
            bytes[at + index] = (byte) (value >>> (8 * (width - 1 - index)));
        }
    }

    FrameBuilder bytes(byte[] value) {
        u32(value.length);
        reserve(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    FrameBuilder text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    FrameBuilder path(byte[] value) {
        if (value.length == 0) {
            throw new IllegalArgumentException("an empty path");
        }
        for (byte one : value) {
            if (one == 0) {
                throw new IllegalArgumentException("a path with a NUL byte");
            }
        }
        return bytes(value);
    }

    FrameBuilder texts(List<String> values) {
        u32(values.size());
        values.forEach(this::text);
        return this;
    }

    /** Whether the payload is within what one frame may carry. */
    boolean fits() {
        return length - HEADER <= MOST_PAYLOAD;
    }

    /**
     * The whole frame.
     *
     * @throws IllegalArgumentException when it does not fit
     */
    byte[] finish(int stream) {
        if (!fits()) {
            throw new IllegalArgumentException(
                    "a request of %d bytes, at most %d fit a frame"
                            .formatted(length - HEADER, MOST_PAYLOAD));
        }
        put(0, COUNTED_HEADER + length - HEADER, 4);
        put(5, stream, 4);
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
