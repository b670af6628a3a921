package dev.safecoder.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Interrupts the thread that made it at a moment, unless that thread closes it before. */
final class Deadline implements AutoCloseable {
    private final ExecutorService watch = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean passed;

    Deadline(Optional<Instant> moment, InstantSource clock) {
        var watched = Thread.currentThread();
        moment.ifPresent(
                end ->
                        watch.submit(
                                () -> {
                                    var left = Duration.between(clock.instant(), end);
                                    Thread.sleep(left.isNegative() ? Duration.ZERO : left);
                                    passed = true;
                                    watched.interrupt();
                                    return null;
                                }));
    }

    /** Whether the interrupt that was seen came from here. */
    boolean hasPassed() {
        return passed;
    }

    @Override
    public void close() {
        watch.shutdownNow();
        watch.close();
        if (passed) {
            Thread.interrupted(); // it may have come after the work was done
        }
    }
}
