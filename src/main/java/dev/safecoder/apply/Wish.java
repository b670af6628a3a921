package dev.safecoder.apply;

import dev.safecoder.path.RelativePath;
import java.util.Optional;

/**
 * What one path should become, whatever the host holds there now.
 *
 * @param change the path that the user knows the change by: a rename is two wishes of one change
 * @param base what the change was made from; empty when nothing was there
 * @param wanted what it should hold; empty when nothing
 * @param rename the rename that it is one half of
 * @param session what that means for the session's side of it
 */
record Wish(
        RelativePath path,
        RelativePath change,
        Optional<Held> base,
        Optional<Held> wanted,
        Optional<Rename> rename,
        SessionSide session) {
    /** A wish of the session itself. */
    static Wish of(
            RelativePath path, RelativePath change, Optional<Held> base, Optional<Held> wanted) {
        return new Wish(
                path, change, base, wanted, Optional.empty(), new SessionSide(base, wanted));
    }

    /** The same as one half of a rename. */
    Wish halfOf(Rename whole) {
        return new Wish(path, change, base, wanted, Optional.of(whole), session);
    }

    /** Where what was here goes; empty unless this is the old name of a rename. */
    Optional<RelativePath> goesTo() {
        return rename.filter(it -> it.from().equals(path)).map(Rename::to);
    }

    boolean isDeletion() {
        return wanted.isEmpty();
    }
}
