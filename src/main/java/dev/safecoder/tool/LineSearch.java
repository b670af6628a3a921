package dev.safecoder.tool;

import dev.safecoder.guest.FileAnswer;
import dev.safecoder.guest.Guest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Looks for a pattern in the lines of files, within bounds of bytes and of work. */
final class LineSearch {
    static final int MOST_FILE_BYTES = 8 << 20;

    private static final long MOST_BYTES = 64L << 20;
    private static final long MOST_WORK = 1L << 33;
    private static final int MOST_LINE = 64 << 10;
    private static final int MOST_SHOWN = 500;
    private static final int BEFORE_MATCH = 100;

    private final Guest guest;
    private final LinePattern pattern;
    private final Findings found;
    private final long mostBytes;
    private long bytes;
    private int large;
    private int unreadable;
    private boolean full;

    LineSearch(Guest guest, LinePattern pattern, Findings found) {
        this.guest = guest;
        this.pattern = pattern;
        this.found = found;
        this.mostBytes = Math.min(MOST_BYTES, MOST_WORK / pattern.states());
    }

    /** Whether there is room for more matches and more work. */
    boolean goesOn() {
        return !full && bytes < mostBytes;
    }

    /** A file was too large to be searched. */
    void passOverLarge() {
        large++;
    }

    /** Searches one file; false when that was the last. */
    boolean file(byte[] path) throws InterruptedException {
        var content = read(path);
        if (content.length > MOST_FILE_BYTES) {
            passOverLarge();
        } else if (BinarySniff.look(content).isEmpty()) {
            var shown = ShownName.of(path);
            int line = 1;
            int start = 0;
            while (start < content.length && !full) {
                int end = lineEnd(content, start);
                search(shown, line++, text(content, start, end));
                start = end + 1;
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        }
        bytes += content.length;
        return goesOn();
    }

    /** The whole file, or a little more than may be searched; nothing when it cannot be read. */
    private byte[] read(byte[] path) throws InterruptedException {
        var whole = new ByteArrayOutputStream();
        while (whole.size() <= MOST_FILE_BYTES) {
            switch (guest.read(path, whole.size(), SandboxFiles.PAGE_BYTES)) {
                case FileAnswer.Content(var page, _, _) when page.length > 0 ->
                        whole.writeBytes(page);
                case FileAnswer.Content _ -> {
                    return whole.toByteArray();
                }
                case FileAnswer.Refused _ -> {
                    unreadable++;
                    return new byte[0];
                }
            }
        }
        return whole.toByteArray();
    }

    private static int lineEnd(byte[] content, int start) {
        int end = start;
        while (end < content.length && content[end] != '\n') {
            end++;
        }
        return end;
    }

    private static String text(byte[] content, int start, int end) {
        int last = end > start && content[end - 1] == '\r' ? end - 1 : end;
        return new String(
                content, start, Math.min(last - start, MOST_LINE), StandardCharsets.UTF_8);
    }

    private void search(String path, int line, String text) {
        var match = pattern.find(text);
        if (match.isPresent()) {
            full = !found.add("%s:%d: %s".formatted(path, line, shown(text, match.getAsInt())));
        }
    }

    /** The part of a long line that has the match in it. */
    private static String shown(String text, int match) {
        if (text.length() <= MOST_SHOWN || match < MOST_SHOWN - BEFORE_MATCH) {
            return ModelText.cut(text, MOST_SHOWN);
        }
        return "…" + ModelText.cut(text.substring(match - BEFORE_MATCH), MOST_SHOWN);
    }

    /** What the model must know of what was not searched. */
    List<String> notes() {
        var notes = new ArrayList<String>();
        if (unreadable > 0) {
            notes.add("Could not be read: %s.".formatted(Noun.FILE.count(unreadable)));
        }
        if (large > 0) {
            notes.add("Passed over for their size: %d of over 8 MiB.".formatted(large));
        }
        if (!full && bytes >= mostBytes) {
            notes.add(
                    "The search ended after %d MiB. Give a folder as path.".formatted(bytes >> 20));
        }
        return notes;
    }
}
