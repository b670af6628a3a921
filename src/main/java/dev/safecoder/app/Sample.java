package dev.safecoder.app;

import java.time.Duration;
import java.util.List;

/** How long the same thing took, time after time, in the order of the runs. */
public record Sample(List<Duration> runs) {
    public Sample {
        runs = List.copyOf(runs);
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("a sample of nothing");
        }
    }

    /** Half of the runs took no longer. */
    public Duration median() {
        return percentile(50);
    }

    /** The run that {@code percent} of the runs did not exceed. */
    public Duration percentile(int percent) {
        var sorted = runs.stream().sorted().toList();
        return sorted.get(Math.max(0, (sorted.size() * percent + 99) / 100 - 1));
    }

    /** The median as a part of another's. */
    public double ratioTo(Sample other) {
        return (double) median().toNanos() / other.median().toNanos();
    }
}
