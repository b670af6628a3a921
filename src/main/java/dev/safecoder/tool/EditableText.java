package dev.safecoder.tool;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A file's bytes as edits see them: without byte order mark, every line ended by a line feed, one
 * character for one byte (so that bytes that are no UTF-8 stand for themselves). What is not
 * replaced keeps its bytes.
 */
final class EditableText {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final byte[] bytes;
    private final int markLength;
    private final String text;
    private final LineText lines;
    private final int[] crlf;

    EditableText(byte[] bytes) {
        this.bytes = bytes;
        this.markLength = startsWithMark(bytes) ? BYTE_ORDER_MARK.length : 0;
        var raw =
                new String(
                        bytes, markLength, bytes.length - markLength, StandardCharsets.ISO_8859_1);
        this.text = raw.replace("\r\n", "\n");
        this.lines = new LineText(text);
        this.crlf = crlfPlaces(raw, raw.length() - text.length());
    }

    /** A part of {@link #text()} and what takes its place, in the same form. */
    record Splice(int start, int end, String replacement) {}

    private static boolean startsWithMark(byte[] bytes) {
        int length = BYTE_ORDER_MARK.length;
        return bytes.length >= length
                && Arrays.equals(bytes, 0, length, BYTE_ORDER_MARK, 0, length);
    }

    private static int[] crlfPlaces(String raw, int count) {
        var places = new int[count];
        int at = -1;
        for (int found = 0; found < count; found++) {
            at = raw.indexOf("\r\n", at + 1);
            places[found] = at - found; // each one before it is shorter by one
        }
        return places;
    }

    /** A model's text in the same form. */
    static String form(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
                .replace("\r\n", "\n");
    }

    /** A piece of {@link #text()} as people read it. */
    static String read(String form) {
        return new String(form.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    String text() {
        return text;
    }

    /** The same text as lines. */
    LineText lines() {
        return lines;
    }

    /** The file with these parts replaced; they are in order and do not overlap. */
    byte[] with(List<Splice> splices) {
        var edited = new ByteArrayOutputStream(bytes.length);
        int kept = 0;
        for (var splice : splices) {
            int start = offset(splice.start());
            edited.write(bytes, kept, start - kept);
            write(edited, splice);
            kept = offset(splice.end());
        }
        edited.write(bytes, kept, bytes.length - kept);
        return edited.toByteArray();
    }

    /** Where a place of the text lies in the file; at a line's end, before its carriage return. */
    private int offset(int place) {
        return markLength + place + crlfBefore(place);
    }

    private int crlfBefore(int place) {
        int found = Arrays.binarySearch(crlf, place);
        return found >= 0 ? found : -found - 1;
    }

    /**
     * Line feeds of the replacement get the endings of the lines it replaces, one by one; further
     * ones get the last of these, or the ending of the line in which the replacement stands.
     */
    private void write(ByteArrayOutputStream edited, Splice splice) {
        int line = lines.at(splice.start());
        boolean windows = isWindowsLine(splice.end());
        for (int at = 0; at < splice.replacement().length(); at++) {
            char one = splice.replacement().charAt(at);
            if (one == '\n') {
                if (line < lines.count() && lines.contentEnd(line) < splice.end()) {
                    windows = isWindowsEnding(line++);
                }
                if (windows) {
                    edited.write('\r');
                }
            }
            edited.write(one);
        }
    }

    /** How the line in which a place lies is ended; for a last line without end, the one before. */
    private boolean isWindowsLine(int place) {
        int line = lines.at(place);
        return isWindowsEnding(lines.isEnded(line) ? line : line - 1);
    }

    private boolean isWindowsEnding(int line) {
        return line >= 0 && Arrays.binarySearch(crlf, lines.contentEnd(line)) >= 0;
    }
}
