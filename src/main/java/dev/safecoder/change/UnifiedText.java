package dev.safecoder.change;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A text change's hunks in unified form, each with its context and the name of what it is in. */
final class UnifiedText {
    private static final byte[] OPEN_END =
            "\n\\ No newline at end of file\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_NAME_BYTES = 80;

    private final Lines before;
    private final Lines after;
    private final OutputStream out;

    /** The line that names what the current hunk is in, and up to where it was looked for. */
    private int nameLine = -1;

    private int searchedTo = -1;

    private UnifiedText(TextChange change, OutputStream out) {
        this.before = change.before();
        this.after = change.after();
        this.out = out;
    }

    static void write(TextChange change, OutputStream to) throws IOException {
        var text = new UnifiedText(change, to);
        for (var hunk : change.hunks()) {
            text.write(hunk);
        }
    }

    static void write(TextChange change, Hunk hunk, OutputStream to) throws IOException {
        new UnifiedText(change, to).write(hunk);
    }

    private void write(Hunk hunk) throws IOException {
        int start = Math.max(0, hunk.beforeStart() - TextChange.CONTEXT);
        int end = Math.min(before.count(), hunk.beforeEnd() + TextChange.CONTEXT);
        int afterStart = hunk.afterStart() - (hunk.beforeStart() - start);
        int afterEnd = hunk.afterEnd() + (end - hunk.beforeEnd());
        var ranges = "@@ -%s +%s @@".formatted(range(start, end), range(afterStart, afterEnd));
        out.write(ranges.getBytes(StandardCharsets.US_ASCII));
        writeName(start - 1);
        out.write('\n');
        int line = start;
        for (var edit : hunk.edits()) {
            write(' ', before, line, edit.beforeStart());
            write('-', before, edit.beforeStart(), edit.beforeEnd());
            write('+', after, edit.afterStart(), edit.afterEnd());
            line = edit.beforeEnd();
        }
        write(' ', before, line, end);
    }

    /** Lines count from 1 here; an empty range names the line before it. */
    private static String range(int start, int end) {
        int count = end - start;
        int first = count == 0 ? start : start + 1;
        return count == 1 ? Integer.toString(first) : first + "," + count;
    }

    /** Git's default: the last line above that starts with a letter, {@code _} or {@code $}. */
    private void writeName(int lineAbove) throws IOException {
        for (int line = lineAbove; line > searchedTo; line--) {
            if (before.length(line) > 0 && startsName(before.content()[before.start(line)])) {
                nameLine = line;
                break;
            }
        }
        searchedTo = Math.max(searchedTo, lineAbove);
        if (nameLine < 0) {
            return;
        }
        int from = before.start(nameLine);
        int to = from + Math.min(before.length(nameLine), MOST_NAME_BYTES);
        while (to > from && Character.isWhitespace(before.content()[to - 1])) {
            to--;
        }
        out.write(' ');
        out.write(before.content(), from, to - from);
    }

    private static boolean startsName(byte first) {
        return first >= 'a' && first <= 'z'
                || first >= 'A' && first <= 'Z'
                || first == '_'
                || first == '$';
    }

    private void write(char mark, Lines lines, int from, int to) throws IOException {
        for (int line = from; line < to; line++) {
            out.write(mark);
            out.write(lines.content(), lines.start(line), lines.length(line));
            if (line == lines.count() - 1 && lines.endsOpen()) {
                out.write(OPEN_END);
            }
        }
    }
}
