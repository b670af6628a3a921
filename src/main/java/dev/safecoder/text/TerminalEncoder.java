package dev.safecoder.text;

import java.nio.charset.StandardCharsets;

/**
 * The one way from a string that came from a sandbox, a model or a file to a terminal or a log:
 * what comes out holds no control, escape, bidirectional or invisible character; each shows as a
 * visible mark ({@code ␛}, {@code <U+202E>}).
 */
public final class TerminalEncoder {
    private TerminalEncoder() {}

    /** One line: line feeds and tabs become marks, too. */
    public static String line(String text) {
        return encode(text, false);
    }

    /** Several lines: line feeds and tabs stay. */
    public static String block(String text) {
        return encode(text, true);
    }

    /**
     * Raw bytes as one line; what is not UTF-8 shows as {@code \xNN}-free replacement characters.
     */
    public static String line(byte[] bytes) {
        return line(new String(bytes, StandardCharsets.UTF_8));
    }

    /** Whether the text would be changed by {@link #block}: it hides something from a reader. */
    public static boolean hidesSomething(String text) {
        return text.codePoints().anyMatch(point -> !layout(point) && mustShow(point));
    }

    private static String encode(String text, boolean keepLayout) {
        var out = new StringBuilder(text.length());
        text.codePoints().forEach(point -> append(out, point, keepLayout));
        return out.toString();
    }

    private static void append(StringBuilder out, int point, boolean keepLayout) {
        if (keepLayout && layout(point) || !mustShow(point)) {
            out.appendCodePoint(point);
        } else if (point < 0x20) {
            out.appendCodePoint(0x2400 + point);
        } else if (point == 0x7f) {
            out.append('␡');
        } else {
            out.append("<U+%04X>".formatted(point));
        }
    }

    private static boolean layout(int point) {
        return point == '\n' || point == '\t';
    }

    private static boolean mustShow(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED ->
                    true;
            default -> invisible(point);
        };
    }

    /**
     * Variation selectors and Hangul fillers are letters or marks by category, but draw nothing.
     */
    private static boolean invisible(int point) {
        return point >= 0xfe00 && point <= 0xfe0f
                || point >= 0xe0100 && point <= 0xe01ef
                || point == 0x115f
                || point == 0x1160
                || point == 0x3164
                || point == 0xffa0
                || point == 0x034f
                || point == 0x17b4
                || point == 0x17b5;
    }
}
