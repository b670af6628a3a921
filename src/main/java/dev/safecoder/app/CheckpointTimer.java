package dev.safecoder.app;

import dev.safecoder.history.Checkpoint;
import dev.safecoder.model.ToolRequest;
import dev.safecoder.model.Usage;
import dev.safecoder.session.SessionListener;
import dev.safecoder.session.ToolCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Takes the time from the end of each tool call to its checkpoint. */
final class CheckpointTimer implements SessionListener {
    private final List<Duration> times = new ArrayList<>();
    private long ended;

    Sample sample() {
        return new Sample(times);
    }

    @Override
    public void toolEnded(ToolCall call) {
        ended = System.nanoTime();
    }

    @Override
    public void checkpointTaken(Checkpoint checkpoint) {
        times.add(Duration.ofNanos(System.nanoTime() - ended));
    }

    @Override
    public void text(String more) {}

    @Override
    public void replied(Usage usage) {}

    @Override
    public void toolStarted(ToolRequest request) {}

    @Override
    public void note(String line) {}
}
