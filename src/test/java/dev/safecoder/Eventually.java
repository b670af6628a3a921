package dev.safecoder;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what another process or thread will bring about; the only place where tests sleep. */
public final class Eventually {
    private static final Duration PAUSE = Duration.ofMillis(5);

    private Eventually() {}

    /** Returns as soon as the condition holds; after the limit it is an assertion error. */
    public static void holds(String what, Duration limit, Callable<Boolean> condition)
            throws Exception {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within %s: %s".formatted(limit, what));
            }
            Thread.sleep(PAUSE);
        }
    }
}
