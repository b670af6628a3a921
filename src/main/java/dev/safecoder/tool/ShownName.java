package dev.safecoder.tool;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A path in a list that a model reads line by line: as it is, or, where it holds a control
 * character, a quote, or bytes that are no UTF-8, in double quotes with escapes as git writes them.
 */
final class ShownName {
    private ShownName() {}

    static String of(byte[] path) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(path)).toString();
            return text.chars().anyMatch(ShownName::isUnfit) ? quoted(path) : text;
        } catch (CharacterCodingException noText) {
            return quoted(path);
        }
    }

    private static boolean isUnfit(int one) {
        return one < 0x20 || one >= 0x7f && one < 0xa0 || one == '"';
    }

    private static String quoted(byte[] path) {
        var quoted = new StringBuilder("\"");
        for (byte one : path) {
            switch (one) {
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                default -> {
                    if (one >= 0x20 && one < 0x7f) {
                        quoted.append((char) one);
                    } else {
                        quoted.append("\\%03o".formatted(one & 0xff));
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
