package dev.safecoder.tool;

/** Makes text fit to be sent to a model: valid Unicode, no NUL, no byte that steers a terminal. */
final class ModelText {
    private static final int MOST_SUMMARY_CHARACTERS = 300;
    private static final char REPLACEMENT = '\uFFFD';

    private ModelText() {}

    /**
     * The text with NUL as {@code ␀} and half surrogate pairs replaced, nothing else changed: a
     * model that copies from it must find the same characters in the file.
     */
    static String sendable(String text) {
        StringBuilder mended = null;
        for (int at = 0; at < text.length(); at++) {
            char mark = sendable(text, at);
            if (mark != text.charAt(at)) {
                mended = mended == null ? new StringBuilder(text) : mended;
                mended.setCharAt(at, mark);
            }
        }
        return mended == null ? text : mended.toString();
    }

    private static char sendable(String text, int at) {
        char one = text.charAt(at);
        if (one == 0) {
            return '␀';
        }
        return isHalfPair(text, at) ? REPLACEMENT : one;
    }

    /** Whether a surrogate without its other half stands there. */
    private static boolean isHalfPair(String text, int at) {
        char one = text.charAt(at);
        if (Character.isHighSurrogate(one)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(one)
                && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    /** Whether some surrogate lacks its other half, so that the text has no UTF-8 form. */
    static boolean hasHalfPair(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (isHalfPair(text, at)) {
                return true;
            }
        }
        return false;
    }

    /**
     * A command's output with every control but line feed and tab made visible, one character for
     * one; CRLF becomes a line feed.
     */
    static String output(String text) {
        var shown = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char one = text.charAt(at);
            boolean endsLine = one == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n';
            if (!endsLine) {
                shown.append(visible(one));
            }
        }
        return shown.toString();
    }

    private static char visible(char one) {
        if (one == '\n' || one == '\t') {
            return one;
        }
        if (one < 0x20) {
            return (char) (0x2400 + one);
        }
        if (one == 0x7f) {
            return '␡';
        }
        return one > 0x7f && one < 0xa0 ? REPLACEMENT : one;
    }

    /** The first line, cut to what a summary may hold. */
    static String oneLine(String text) {
        var line = text.lines().findFirst().orElse("");
        return cut(line, MOST_SUMMARY_CHARACTERS);
    }

    /** At most so many characters, never half a pair, with {@code …} for the rest. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + "…";
    }
}
