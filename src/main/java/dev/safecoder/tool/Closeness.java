package dev.safecoder.tool;

import java.util.List;
import java.util.Optional;

/**
 * How nearly a line of a file must agree with a line that a model wrote, from strict to loose.
 * Lines are in the form of {@link EditableText}: one character for one byte.
 */
enum Closeness {
    EXACT,
    TRAILING_SPACE,
    INDENTATION,
    PUNCTUATION;

    /** From strict to loose. */
    static final List<Closeness> NOT_EXACT = List.of(TRAILING_SPACE, INDENTATION, PUNCTUATION);

    /** The line with all that does not count at this closeness taken away. */
    String normal(String line) {
        return switch (this) {
            case EXACT -> line;
            case TRAILING_SPACE -> line.substring(0, contentEnd(line));
            case INDENTATION -> trimmed(line);
            case PUNCTUATION -> trimmed(plainPunctuation(line));
        };
    }

    /** What the model is told of a match that was not exact. */
    Optional<String> note() {
        return switch (this) {
            case EXACT -> Optional.empty();
            case TRAILING_SPACE ->
                    Optional.of("matched without regard to white space at line ends");
            case INDENTATION ->
                    Optional.of(
                            "matched without regard to indentation; new lines were indented as in"
                                    + " the file");
            case PUNCTUATION ->
                    Optional.of(
                            "matched with typographic quotes, dashes and spaces read as plain ones,"
                                    + " and without regard to indentation");
        };
    }

    /** Whether new lines must take over the file's indentation. */
    boolean ignoresIndentation() {
        return this == INDENTATION || this == PUNCTUATION;
    }

    /** How far a line's leading white space goes. */
    static int indentEnd(String line) {
        int end = 0;
        while (end < line.length() && isSpace(line.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int contentEnd(String line) {
        int end = line.length();
        while (end > 0 && isSpace(line.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private static String trimmed(String line) {
        int start = indentEnd(line);
        return line.substring(start, Math.max(start, contentEnd(line)));
    }

    /** ASCII only: other bytes are parts of characters. */
    private static boolean isSpace(char one) {
        return one == ' ' || one >= '\t' && one <= '\r';
    }

    private static String plainPunctuation(String line) {
        var plain = new StringBuilder(line.length());
        EditableText.read(line).codePoints().forEach(point -> append(plain, point));
        return EditableText.form(plain.toString());
    }

    private static void append(StringBuilder plain, int point) {
        switch (point) {
            case 0x2018, 0x2019, 0x201a, 0x201b, 0x2032 -> plain.append('\'');
            case 0x201c, 0x201d, 0x201e, 0x201f, 0x2033 -> plain.append('"');
            case 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212 -> plain.append('-');
            case 0x2026 -> plain.append("...");
            case 0x00a0, 0x202f, 0x205f, 0x3000 -> plain.append(' ');
            default -> {
                if (point >= 0x2000 && point <= 0x200a) {
                    plain.append(' ');
                } else {
                    plain.appendCodePoint(point);
                }
            }
        }
    }
}
