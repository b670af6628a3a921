package dev.safecoder.tool;

import java.util.Optional;

/** Tells from a file's first bytes that it is no text. */
final class BinarySniff {
    static final int ENOUGH_BYTES = 8_192;
    private static final int CONTROL_PART = 3;

    private BinarySniff() {}

    /** What the bytes are instead of text, as a clause; empty for text. */
    static Optional<String> look(byte[] start) {
        if (startsWith(start, 0xff, 0xfe) || startsWith(start, 0xfe, 0xff)) {
            return Optional.of("it is UTF-16 text; convert it with bash (iconv) first");
        }
        int seen = Math.min(start.length, ENOUGH_BYTES);
        int controls = 0;
        for (int at = 0; at < seen; at++) {
            if (start[at] == 0) {
                return Optional.of("it is a binary file");
            }
            controls += isControl(start[at]) ? 1 : 0;
        }
        return controls * CONTROL_PART > seen
                ? Optional.of("it is a binary file")
                : Optional.empty();
    }

    private static boolean isControl(byte one) {
        boolean layout = one >= '\b' && one <= '\r' || one == 0x1b;
        return one >= 0 && one < 0x20 && !layout || one == 0x7f;
    }

    private static boolean startsWith(byte[] bytes, int first, int second) {
        return bytes.length > 1 && (bytes[0] & 0xff) == first && (bytes[1] & 0xff) == second;
    }
}
