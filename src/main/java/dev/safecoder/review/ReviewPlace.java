package dev.safecoder.review;

import dev.safecoder.change.BlobSource;
import dev.safecoder.change.Change;
import dev.safecoder.change.Hunk;
import dev.safecoder.change.TextChange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where in a list of changes somebody is: at a hunk of a text, or at a change that is decided as a
 * whole. Only the current change's text is in memory.
 */
public final class ReviewPlace {
    private final List<Change> changes;
    private final BlobSource blobs;
    private int file;
    private Optional<TextChange> text = Optional.empty();
    private List<Hunk> hunks = List.of();
    private int hunk;

    /**
     * Begins at the first change.
     *
     * @param changes at least one
     */
    ReviewPlace(List<Change> changes, BlobSource blobs) throws IOException {
        this.changes = changes;
        this.blobs = blobs;
        open(0);
    }

    private void open(int index) throws IOException {
        file = index;
        text = Optional.empty(); // before the next is read
        hunks = List.of();
        hunk = 0;
        if (change().content() == Change.Content.TEXT) {
            var read = TextChange.of(change(), blobs);
            if (!read.edits().isEmpty()) {
                text = Optional.of(read);
                hunks = read.hunks();
            }
        }
    }

    public Change change() {
        return changes.get(file);
    }

    /** All the changes, in order. */
    public List<Change> changes() {
        return changes;
    }

    /** Which of the changes this is, counted from 0. */
    public int file() {
        return file;
    }

    /** The change's number, from 1, and how many there are. */
    public String fileNumber() {
        return "%d/%d".formatted(file + 1, changes.size());
    }

    /** The hunk's number in its change, from 1, and how many there are. */
    public String hunkNumber() {
        return "%d/%d".formatted(hunk + 1, hunks.size());
    }

    /** The text, when the change is decided by hunks. */
    public Optional<TextChange> text() {
        return text;
    }

    /** The text's hunks as they are decided on now; none where there is no text. */
    public List<Hunk> hunks() {
        return hunks;
    }

    /** Which of the hunks this is, counted from 0. */
    public int hunkIndex() {
        return hunk;
    }

    /** Goes to one of the hunks. */
    public void toHunk(int index) {
        hunk = Objects.checkIndex(index, hunks.size());
    }

    /** The current hunk; only where there is a text. */
    public Hunk hunk() {
        return hunks.get(hunk);
    }

    /** The current hunk and those below it in the same change. */
    List<Hunk> rest() {
        return hunks.subList(hunk, hunks.size());
    }

    /** Whether the hunk can be made smaller; it is then, and its first part is the place. */
    public boolean split() {
        if (text.isEmpty() || hunk().edits().size() == 1) {
            return false;
        }
        var more = new ArrayList<>(hunks);
        more.remove(hunk);
        more.addAll(hunk, text.get().split(hunk()));
        hunks = more;
        return true;
    }

    /** The next hunk or change; false at the end. */
    public boolean next() throws IOException {
        if (hunk + 1 < hunks.size()) {
            hunk++;
            return true;
        }
        return nextFile();
    }

    /** The hunk or change before; false at the beginning. */
    public boolean previous() throws IOException {
        if (hunk > 0) {
            hunk--;
            return true;
        }
        if (!previousFile()) {
            return false;
        }
        hunk = Math.max(0, hunks.size() - 1);
        return true;
    }

    void toFirst() throws IOException {
        open(0);
    }

    /** The next change; false at the end. */
    public boolean nextFile() throws IOException {
        if (file + 1 == changes.size()) {
            return false;
        }
        open(file + 1);
        return true;
    }

    /** The change before; false at the beginning. */
    public boolean previousFile() throws IOException {
        if (file == 0) {
            return false;
        }
        open(file - 1);
        return true;
    }
}
