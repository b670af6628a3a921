package dev.safecoder.change;

import java.util.List;

/**
 * A part of a text change that is decided on as one: one edit or several close ones. Lines are
 * counted from 0, an end is the first line not in the range.
 *
 * @param id the same whenever the same edits are made to the same contents, and for nothing else
 * @param edits at least one, in order
 */
public record Hunk(String id, List<Edit> edits) {
    public Hunk {
        edits = List.copyOf(edits);
        if (edits.isEmpty()) {
            throw new IllegalArgumentException("a hunk without an edit");
        }
    }

    /** The first line of the old content in it. */
    public int beforeStart() {
        return edits.getFirst().beforeStart();
    }

    public int beforeEnd() {
        return edits.getLast().beforeEnd();
    }

    /** The first line of the new content in it. */
    public int afterStart() {
        return edits.getFirst().afterStart();
    }

    public int afterEnd() {
        return edits.getLast().afterEnd();
    }
}
