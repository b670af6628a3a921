package dev.safecoder.apply;

import dev.safecoder.path.RelativePath;
import java.util.List;

/** How an apply or an undo ended. The project is untouched in every case but {@link Applied}. */
public sealed interface ApplyOutcome {
    /**
     * Written, on the disk, and kept for an undo.
     *
     * @param paths the changes that were written, by path
     * @param conflicts what was left out because the host went its own way
     * @param refused what was left out because it must not be written
     */
    record Applied(
            List<RelativePath> paths,
            ApplyRecord record,
            List<Trouble> conflicts,
            List<Trouble> refused)
            implements ApplyOutcome {}

    /** Nothing was accepted, or the project holds all of it already. */
    record NothingToDo() implements ApplyOutcome {}

    /** Something cannot be written, so nothing was; at least one of the lists has an entry. */
    record Withheld(List<Trouble> conflicts, List<Trouble> refused) implements ApplyOutcome {}

    /** Another process is at work on the same project. */
    record Busy(String holder) implements ApplyOutcome {}

    /** One change that cannot be written, with a clause that says why. */
    record Trouble(RelativePath path, String reason) {}
}
