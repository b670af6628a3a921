package dev.safecoder.apply;

import dev.safecoder.path.RelativePath;
import java.util.Optional;

/**
 * One exchange between a path of the project and a slot of the staging folder: what the slot holds
 * goes to the path and what the path holds goes to the slot. The way back is the same the other way
 * round, and neither needs room on the disk.
 *
 * @param before what the path holds before; empty when nothing
 * @param after what it holds then; empty when nothing
 * @param goesTo where what was here went, when it is the old name of a rename
 * @param session the session's side of it; empty for a folder
 */
record Step(
        int number,
        RelativePath path,
        Optional<Held> before,
        Optional<Held> after,
        Optional<RelativePath> goesTo,
        Optional<SessionSide> session) {
    enum Kind {
        CREATE,
        DELETE,
        REPLACE
    }

    Step {
        if (before.isEmpty() && after.isEmpty()) {
            throw new IllegalArgumentException("a step that does nothing at '%s'".formatted(path));
        }
        if (before.isPresent() && after.isPresent() && (isFolder(before) || isFolder(after))) {
            throw new IllegalArgumentException("'%s' cannot be replaced at once".formatted(path));
        }
    }

    Kind kind() {
        if (before.isEmpty()) {
            return Kind.CREATE;
        }
        return after.isEmpty() ? Kind.DELETE : Kind.REPLACE;
    }

    boolean isOfFolder() {
        return isFolder(before) || isFolder(after);
    }

    /** Whether only the executable bit tells before from after; some file systems keep none. */
    boolean isOfBitOnly() {
        return before.orElse(null) instanceof Held.File old
                && after.orElse(null) instanceof Held.File now
                && old.blob().equals(now.blob());
    }

    /** Its name in the staging folder. */
    RelativePath slot() {
        return RelativePath.of(Integer.toString(number));
    }

    /** Where what comes out waits on file systems that cannot exchange in one step. */
    RelativePath aside() {
        return RelativePath.of(number + "-out");
    }

    private static boolean isFolder(Optional<Held> held) {
        return held.isPresent() && held.get() instanceof Held.Folder;
    }
}
