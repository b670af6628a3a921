package dev.safecoder.apply;

import dev.safecoder.path.RelativePath;
import java.util.Optional;

/**
 * What one path should become, whatever the host holds there now.
 *
 * @param change the path that the user knows the change by: a rename is two wishes of one change
 * @param base what the change was made from; empty when nothing was there
 * @param wanted what it should hold; empty when nothing
 */
record Wish(RelativePath path, RelativePath change, Optional<Held> base, Optional<Held> wanted) {
    boolean isDeletion() {
        return wanted.isEmpty();
    }
}
