package dev.safecoder.cli;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Raw path bytes as text. */
final class PathText {
    private PathText() {}

    /** The exact text, when the bytes are one. */
    static Optional<String> utf8(byte[] bytes) {
        try {
            var decoder = StandardCharsets.UTF_8.newDecoder();
            return Optional.of(decoder.decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }

    /** The text, or the bytes escaped where they are none. */
    static String shown(byte[] bytes) {
        return utf8(bytes).orElseGet(() -> escaped(bytes));
    }

    /** Printable ASCII as it is, everything else as {@code \xNN}. */
    static String escaped(byte[] bytes) {
        var text = new StringBuilder();
        for (byte one : bytes) {
            if (one >= 0x20 && one < 0x7f && one != '\\') {
                text.append((char) one);
            } else {
                text.append("\\x%02x".formatted(one & 0xff));
            }
        }
        return text.toString();
    }
}
