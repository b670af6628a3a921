package dev.safecoder.history;

import java.io.IOException;
import java.util.HexFormat;

/** The name of any git object: 40 lower-case hex digits. */
record ObjectId(String hex) {
    private static final int DIGITS = 40;

    ObjectId {
        if (hex.length() != DIGITS) {
            throw new IllegalArgumentException("not an object id: '%s'".formatted(hex));
        }
    }

    /** An id as it stands in a file. */
    static ObjectId read(String text) throws IOException {
        if (!text.matches("[0-9a-f]{40}")) {
            throw new IOException("'%s' stands where an object's id should".formatted(text));
        }
        return new ObjectId(text);
    }

    static ObjectId of(byte[] raw) {
        return new ObjectId(HexFormat.of().formatHex(raw));
    }

    byte[] raw() {
        return HexFormat.of().parseHex(hex);
    }
}
