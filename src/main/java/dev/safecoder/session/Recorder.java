package dev.safecoder.session;

import dev.safecoder.guest.ScanRequest.Extent;
import dev.safecoder.history.Checkpoint;
import dev.safecoder.history.History;
import dev.safecoder.workspace.Observation;
import dev.safecoder.workspace.Observer;
import dev.safecoder.workspace.Refusal;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Turns what tool calls did to the workspace into checkpoints: one commit when something differs,
 * named after the tools since the commit before. Not thread-safe.
 */
final class Recorder {
    private static final String BETWEEN_CALLS = "background";

    private final Observer observer;
    private final History history;
    private final InstantSource clock;

    /** The calls since the last checkpoint, oldest first. */
    private final List<Done> since = new ArrayList<>();

    private List<Refusal> refusals = List.of();

    /** A call as the commit's message tells it: the tool's name, and one line of detail. */
    record Done(String tool, String detail) {}

    Recorder(Observer observer, History history, InstantSource clock) {
        this.observer = observer;
        this.history = history;
        this.clock = clock;
    }

    /** Remembers a call for the next checkpoint's message. */
    void done(String tool, String detail) {
        since.add(new Done(tool, detail));
    }

    /**
     * Looks at the workspace and commits what differs; empty when nothing does.
     *
     * @throws dev.safecoder.workspace.WorkspaceException when more changed than a checkpoint may
     *     hold; nothing is committed then, and the calls stay for the next one
     */
    Optional<Checkpoint> checkpoint(Extent extent) throws IOException, InterruptedException {
        var seen = observer.look(extent);
        refusals = seen.refusals();
        return seen.isEmpty() ? Optional.empty() : Optional.of(commit(seen));
    }

    private Checkpoint commit(Observation seen) throws IOException {
        var tools = new LinkedHashSet<String>();
        since.forEach(call -> tools.add(call.tool()));
        if (tools.isEmpty()) {
            tools.add(BETWEEN_CALLS);
        }
        var body = new StringBuilder();
        since.forEach(call -> body.append(call.detail()).append('\n'));
        var checkpoint =
                history.checkpoint(
                        "Agent executed: " + String.join(", ", tools),
                        body.toString(),
                        seen.originals(),
                        seen.states(),
                        clock.instant());
        since.clear();
        return checkpoint;
    }

    /** What the last look refused to take out. */
    List<Refusal> refusals() {
        return refusals;
    }

    Observer observer() {
        return observer;
    }
}
