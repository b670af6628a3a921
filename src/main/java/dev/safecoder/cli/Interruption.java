package dev.safecoder.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and a polite kill interrupt the thread that works, which then ends the sandbox and keeps
 * what was done; the process waits for that, but not for ever.
 */
final class Interruption implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean requested;

    /** Interrupts the calling thread when the process is asked to end. */
    Interruption() {
        var worker = Thread.currentThread();
        hook =
                new Thread(
                        () -> {
                            requested = true;
                            worker.interrupt();
                            awaitDone();
                        },
                        "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void awaitDone() {
        try {
            if (!done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println("safe-coder: the end took too long and was cut short");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the process is ending because somebody asked. */
    boolean isRequested() {
        return requested;
    }

    /** The work is over, whichever way: the process may end. */
    @Override
    public void close() {
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException endingAlready) {
                // the hook runs, and what it waits for is the next line
            }
        }
        done.countDown();
    }
}
