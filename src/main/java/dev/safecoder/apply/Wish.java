package dev.safecoder.apply;

import dev.safecoder.path.RelativePath;
import java.util.Optional;

/**
 * What one path should become, whatever the host holds there now.
 *
 * @param change the path that the user knows the change by: a rename is two wishes of one change
 * @param base what the change was made from; empty when nothing was there
 * @param wanted what it should hold; empty when nothing
 * @param session what that means for the session's side of it
 */
record Wish(
        RelativePath path,
        RelativePath change,
        Optional<Held> base,
        Optional<Held> wanted,
        SessionSide session) {
    /** A wish of the session itself. */
    static Wish of(
            RelativePath path, RelativePath change, Optional<Held> base, Optional<Held> wanted) {
        return new Wish(path, change, base, wanted, new SessionSide(base, wanted));
    }

    boolean isDeletion() {
        return wanted.isEmpty();
    }
}
