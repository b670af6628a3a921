package dev.safecoder.guest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One frame of the guest's as its consumer takes it: the fields are checked while they are read.
 */
final class Answer {
    private static final int MOST_WORD = 64;

    private final GuestFrame type;
    private final byte[] payload;
    private int at;

    Answer(GuestFrame type, byte[] payload) {
        this.type = type;
        this.payload = payload;
    }

    GuestFrame type() {
        return type;
    }

    /** The whole payload: a piece of a byte stream. */
    byte[] piece() {
        return payload;
    }

    int u8() throws ProtocolBreach {
        return (int) number(1);
    }

    int u16() throws ProtocolBreach {
        return (int) number(2);
    }

    long u32() throws ProtocolBreach {
        return number(4);
    }

    int errno() throws ProtocolBreach {
        long value = u32();
        if (value > 4_095) {
            throw new ProtocolBreach("%s with the error number %d".formatted(type, value));
        }
        return (int) value;
    }

    /** A number that is never negative; the upper half of u64 is refused. */
    long u64() throws ProtocolBreach {
        long value = number(8);
        if (value < 0) {
            throw new ProtocolBreach("%s with a number of 2^63 or more".formatted(type));
        }
        return value;
    }

    long i64() throws ProtocolBreach {
        return number(8);
    }

    private long number(int width) throws ProtocolBreach {
        require(width);
        long value = 0;
        for (int index = 0; index < width; index++) {
            value = value << 8 | payload[at++] & 0xff;
        }
        return value;
    }

    <E extends Enum<E>> E constant(E[] all) throws ProtocolBreach {
        int number = u8();
        if (number >= all.length) {
            throw new ProtocolBreach(
                    "%s with %d for a %s"
                            .formatted(type, number, all[0].getClass().getSimpleName()));
        }
        return all[number];
    }

    byte[] bytes() throws ProtocolBreach {
        long length = u32();
        require(length);
        at += (int) length;
        return Arrays.copyOfRange(payload, at - (int) length, at);
    }

    /** A path as raw bytes: not empty, without NUL. */
    byte[] path() throws ProtocolBreach {
        var path = bytes();
        if (path.length == 0) {
            throw new ProtocolBreach("%s with an empty path".formatted(type));
        }
        for (byte one : path) {
            if (one == 0) {
                throw new ProtocolBreach("%s with a NUL byte in a path".formatted(type));
            }
        }
        return path;
    }

    /** A short word of the guest's own, fit to be shown: printable ASCII. */
    String word() throws ProtocolBreach {
        var word = bytes();
        if (word.length > MOST_WORD) {
            throw new ProtocolBreach("%s with a word of %d bytes".formatted(type, word.length));
        }
        for (byte one : word) {
            if (one < 0x20 || one > 0x7e) {
                throw new ProtocolBreach("%s with a word that is not ASCII".formatted(type));
            }
        }
        return new String(word, StandardCharsets.US_ASCII);
    }

    /** Nothing may be left. */
    void end() throws ProtocolBreach {
        if (at != payload.length) {
            throw new ProtocolBreach(
                    "%s with %d bytes more than its fields".formatted(type, payload.length - at));
        }
    }

    private void require(long count) throws ProtocolBreach {
        if (count > payload.length - at) {
            throw new ProtocolBreach(
                    "%s of %d bytes, which is too short for its fields"
                            .formatted(type, payload.length));
        }
    }

    /** What to throw when it may not come here. */
    ProtocolBreach unexpected() {
        return new ProtocolBreach("%s out of turn".formatted(type));
    }

    /** Why a request was not granted. */
    record Failure(int errno, String step) {}

    Failure failure() throws ProtocolBreach {
        var failure = new Failure(errno(), word());
        end();
        return failure;
    }

    /** What a request has done. */
    record Done(long count, long total) {}

    Done done() throws ProtocolBreach {
        var done = new Done(u64(), u64());
        end();
        return done;
    }
}
