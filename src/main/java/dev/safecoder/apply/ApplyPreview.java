package dev.safecoder.apply;

import dev.safecoder.change.ChangeSet;
import dev.safecoder.path.RelativePath;
import java.util.List;

/**
 * What an apply would do now.
 *
 * @param changes from what the project holds to what it would hold, contents included; a merged
 *     file shows what the session brings to the user's version. Contents are read from the project
 *     on demand and fail when it changed since
 * @param merged those of the changes that are merged with the user's own
 * @param conflicts what cannot be written because the host went its own way
 * @param refused what must not be written
 */
public record ApplyPreview(
        ChangeSet changes,
        List<RelativePath> merged,
        List<ApplyOutcome.Trouble> conflicts,
        List<ApplyOutcome.Trouble> refused) {
    public ApplyPreview {
        merged = List.copyOf(merged);
        conflicts = List.copyOf(conflicts);
        refused = List.copyOf(refused);
    }
}
