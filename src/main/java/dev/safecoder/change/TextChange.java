package dev.safecoder.change;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Both sides of a text change in memory, and the edits between them, on raw bytes. */
public final class TextChange {
    /** How many unchanged lines are shown around an edit, as git does. */
    public static final int CONTEXT = 3;

    private static final int ID_DIGITS = 12;

    private final String contents;
    private final Lines before;
    private final Lines after;
    private final List<Edit> edits;

    private TextChange(String contents, Lines before, Lines after, long seed) {
        this.contents = contents;
        this.before = before;
        this.after = after;
        this.edits = LineDiff.between(before, after, seed);
    }

    /**
     * Reads both sides; a missing one is empty.
     *
     * @throws IllegalArgumentException when the change has no text
     */
    public static TextChange of(Change change, BlobSource blobs) throws IOException {
        if (change.content() != Change.Content.TEXT) {
            throw new IllegalArgumentException("'%s' has no text".formatted(change.path()));
        }
        return of(change.before(), change.after(), blobs);
    }

    static TextChange of(Optional<TreeEntry> before, Optional<TreeEntry> after, BlobSource blobs)
            throws IOException {
        return new TextChange(
                id(before) + id(after),
                Lines.of(bytes(before, blobs)),
                Lines.of(bytes(after, blobs)),
                seed(before) ^ Long.rotateLeft(seed(after), 1));
    }

    private static String id(Optional<TreeEntry> entry) {
        return entry.map(there -> there.blob().hex()).orElse("-");
    }

    private static long seed(Optional<TreeEntry> entry) {
        return entry.map(there -> Long.parseUnsignedLong(there.blob().hex().substring(0, 16), 16))
                .orElse(0L);
    }

    private static byte[] bytes(Optional<TreeEntry> entry, BlobSource blobs) throws IOException {
        return entry.isEmpty() ? new byte[0] : blobs.bytes(entry.get().blob());
    }

    Lines before() {
        return before;
    }

    Lines after() {
        return after;
    }

    /** The smallest parts that can be decided on, in order. */
    public List<Edit> edits() {
        return edits;
    }

    /** The edits, those with at most twice {@link #CONTEXT} lines between them in one hunk. */
    public List<Hunk> hunks() {
        var hunks = new ArrayList<Hunk>();
        var close = new ArrayList<Edit>();
        for (var edit : edits) {
            if (!close.isEmpty()
                    && edit.beforeStart() - close.getLast().beforeEnd() > 2 * CONTEXT) {
                hunks.add(hunk(close));
                close.clear();
            }
            close.add(edit);
        }
        if (!close.isEmpty()) {
            hunks.add(hunk(close));
        }
        return hunks;
    }

    /** The hunk's edits as hunks of their own. */
    public List<Hunk> split(Hunk hunk) {
        return hunk.edits().stream().map(edit -> hunk(List.of(edit))).toList();
    }

    private Hunk hunk(List<Edit> of) {
        return new Hunk(digest(contents + of).substring(0, ID_DIGITS), of);
    }

    private static String digest(String text) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /**
     * The old content with only these edits made: the old content for none, the new one for all.
     *
     * @param accepted edits of this change
     */
    public byte[] accepting(Set<Edit> accepted) {
        var content = new ByteArrayOutputStream(before.content().length);
        int line = 0;
        for (var edit : edits) {
            if (accepted.contains(edit)) {
                copy(before, line, edit.beforeStart(), content);
                copy(after, edit.afterStart(), edit.afterEnd(), content);
                line = edit.beforeEnd();
            }
        }
        copy(before, line, before.count(), content);
        return content.toByteArray();
    }

    /** The bytes of some lines of the old content. */
    public byte[] beforeBytes(int startLine, int endLine) {
        return bytes(before, startLine, endLine);
    }

    /** The bytes of some lines of the new content. */
    public byte[] afterBytes(int startLine, int endLine) {
        return bytes(after, startLine, endLine);
    }

    private static byte[] bytes(Lines of, int startLine, int endLine) {
        return Arrays.copyOfRange(of.content(), of.start(startLine), of.start(endLine));
    }

    private static void copy(Lines from, int start, int end, ByteArrayOutputStream to) {
        to.write(from.content(), from.start(start), from.start(end) - from.start(start));
    }

    Change.LineCount count() {
        return new Change.LineCount(
                edits.stream().mapToInt(Edit::added).sum(),
                edits.stream().mapToInt(Edit::deleted).sum());
    }
}
