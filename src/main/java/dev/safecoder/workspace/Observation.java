package dev.safecoder.workspace;

import dev.safecoder.change.PathState;
import dev.safecoder.path.RelativePath;
import java.util.List;
import java.util.Map;

/**
 * What one look at the workspace found: the paths that hold something else than at the look before,
 * what the project had at those that were touched for the first time, the paths whose original is
 * unknown with the reason, and everything refused so far.
 */
public record Observation(
        List<PathState> originals,
        List<PathState> states,
        Map<RelativePath, String> unknown,
        List<Refusal> refusals) {
    public Observation {
        originals = List.copyOf(originals);
        states = List.copyOf(states);
        unknown = Map.copyOf(unknown);
        refusals = List.copyOf(refusals);
    }

    /** Whether there is nothing to record. */
    public boolean isEmpty() {
        return states.isEmpty();
    }
}
