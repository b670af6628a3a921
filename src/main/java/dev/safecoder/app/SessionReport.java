package dev.safecoder.app;

import dev.safecoder.history.Checkpoint;
import dev.safecoder.model.Usage;
import dev.safecoder.session.Limit;
import dev.safecoder.session.SessionRecord;
import dev.safecoder.session.ToolCall;
import java.util.List;
import java.util.Optional;

/** Everything that is to be said of a session at its end. */
public record SessionReport(
        SessionRecord record,
        Optional<Limit> limit,
        String text,
        List<ToolCall> calls,
        List<Checkpoint> checkpoints,
        List<ChangeReport> changes,
        DeliveryResult delivery,
        Usage usage,
        Timings timings) {
    /** How long it took until commands ran, in milliseconds. */
    public record Timings(long start, long firstExec) {}

    public SessionReport {
        calls = List.copyOf(calls);
        checkpoints = List.copyOf(checkpoints);
        changes = List.copyOf(changes);
    }
}
