package dev.safecoder.guest;

import java.util.Arrays;

/**
 * The frames of one stream that wait for their consumer, packed into one array, so that a million
 * tiny ones cost little more than their bytes. Neighbours of one byte stream are joined. Not
 * thread-safe.
 */
final class ReceivedFrames {
    /** Type u8, length u32. */
    private static final int HEADER = 5;

    private static final int SMALL = 1_024;

    /** More than every single byte of a whole window in a frame of its own. */
    private static final int MOST = 1 << 21;

    private byte[] array = new byte[0];
    private int start;
    private int end;

    /** Where the last frame starts while it may still grow; -1 when there is none. */
    private int open = -1;

    boolean isEmpty() {
        return start == end;
    }

    void clear() {
        array = new byte[0];
        start = 0;
        end = 0;
        open = -1;
    }

    void add(GuestFrame type, byte[] source, int offset, int length) throws ProtocolBreach {
        boolean joins = type.isBytes() && open >= 0 && array[open] == (byte) type.code();
        joins = joins && length(open) + length <= FrameBuilder.MOST_PAYLOAD;
        reserve(length + (joins ? 0 : HEADER));
        if (joins) {
            putLength(open, length(open) + length);
        } else {
            array[end] = (byte) type.code();
            putLength(end, length);
            open = type.isBytes() ? end : -1;
            end += HEADER;
        }
        System.arraycopy(source, offset, array, end, length);
        end += length;
    }

    /** Takes the oldest out. */
    Answer remove() throws ProtocolBreach {
        int length = length(start);
        var answer =
                new Answer(
                        GuestFrame.of(array[start] & 0xff),
                        Arrays.copyOfRange(array, start + HEADER, start + HEADER + length));
        if (open == start) {
            open = -1;
        }
        start += HEADER + length;
        if (isEmpty()) {
            start = 0;
            end = 0;
            open = -1;
            if (array.length > 2 * FrameBuilder.MOST_PAYLOAD) {
                array = new byte[0];
            }
        }
        return answer;
    }

    private void reserve(int more) throws ProtocolBreach {
        if (end + more <= array.length) {
            return;
        }
        int used = end - start;
        if (used + more > MOST) {
            throw new ProtocolBreach(
                    "a stream on which more than %d bytes of frames wait".formatted(MOST));
        }
        var target =
                used + more <= array.length / 2
                        ? array
                        : new byte[Math.max(SMALL, Integer.highestOneBit(used + more) * 2)];
        System.arraycopy(array, start, target, 0, used);
        open -= open < 0 ? 0 : start;
        array = target;
        start = 0;
        end = used;
    }

    private int length(int at) {
        return (array[at + 1] & 0xff) << 24
                | (array[at + 2] & 0xff) << 16
                | (array[at + 3] & 0xff) << 8
                | array[at + 4] & 0xff;
    }

    private void putLength(int at, int length) {
        array[at + 1] = (byte) (length >>> 24);
        array[at + 2] = (byte) (length >>> 16);
        array[at + 3] = (byte) (length >>> 8);
        array[at + 4] = (byte) length;
    }
}
