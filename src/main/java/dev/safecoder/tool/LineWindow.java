package dev.safecoder.tool;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Picks numbered lines out of a file that comes in pieces; holds no more than it will show, however
 * long a line or the file is.
 */
final class LineWindow {
    static final int MOST_LINE_CHARACTERS = 2_000;
    static final int MOST_BYTES = 50 << 10;

    private static final String CUT = "... (line cut at 2,000 characters)";
    // a character is one byte or more: one more than are shown, and the last may be torn
    private static final int MOST_LINE_BYTES = 4 * (MOST_LINE_CHARACTERS + 1);

    private final long first;
    private final int most;
    private final StringBuilder shown = new StringBuilder();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int shownBytes;
    private int shownLines;
    private long ended;
    private boolean inLine;
    private boolean full;
    private boolean windowsEndings;
    private byte last;

    /** Lines from {@code first} (the first line is 1), at most {@code most} of them. */
    LineWindow(long first, int most) {
        this.first = first;
        this.most = most;
    }

    /** The next piece of the file. */
    void take(byte[] piece) {
        int start = 0;
        for (int at = 0; at < piece.length; at++) {
            if (piece[at] == '\n') {
                byte before = at > 0 ? piece[at - 1] : last;
                windowsEndings |= ended == 0 && before == '\r';
                keep(piece, start, at);
                endLine();
                start = at + 1;
            }
        }
        if (start < piece.length) {
            inLine = true;
            keep(piece, start, piece.length);
        }
        last = piece.length > 0 ? piece[piece.length - 1] : last;
    }

    /** The file is over: a last line without a line feed counts. */
    void end() {
        if (inLine) {
            endLine();
        }
    }

    private void keep(byte[] piece, int start, int end) {
        if (!isWanted()) {
            return;
        }
        line.write(piece, start, Math.min(end - start, MOST_LINE_BYTES - line.size()));
    }

    private boolean isWanted() {
        return !full && ended + 1 >= first;
    }

    private void endLine() {
        if (isWanted()) {
            show(ended + 1);
        }
        ended++;
        inLine = false;
        line.reset();
    }

    private void show(long number) {
        var numbered = "%d: %s\n".formatted(number, text(number));
        int bytes = numbered.getBytes(StandardCharsets.UTF_8).length;
        if (shownBytes + bytes > MOST_BYTES) {
            full = true;
            return;
        }
        shown.append(numbered);
        shownBytes += bytes;
        shownLines++;
        full = shownLines == most;
    }

    private String text(long number) {
        var text = line.toString(StandardCharsets.UTF_8);
        if (number == 1 && text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        if (text.endsWith("\r")) {
            text = text.substring(0, text.length() - 1);
        }
        return text.codePointCount(0, text.length()) <= MOST_LINE_CHARACTERS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MOST_LINE_CHARACTERS)) + CUT;
    }

    /** The picked lines, each {@code N: text} and a line feed. */
    String shown() {
        return shown.toString();
    }

    /** How many lines were picked. */
    int shownLines() {
        return shownLines;
    }

    /** How many lines there were. */
    long lines() {
        return ended;
    }

    /** Whether there was nothing at all. */
    boolean isEmpty() {
        return ended == 0;
    }

    /** Whether the first line ends with CRLF. */
    boolean hasWindowsEndings() {
        return windowsEndings;
    }

    /** Whether the last byte seen is not a line feed. */
    boolean endsInsideLine() {
        return last != '\n';
    }
}
