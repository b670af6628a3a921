package dev.safecoder.review;

import java.time.Duration;
import java.time.Instant;

/**
 * Tells a person's answer from one that a program in the sandbox made the terminal give: nobody
 * reads a question so fast.
 */
public final class AnswerTime {
    private static final Duration LEAST = Duration.ofMillis(150);

    private AnswerTime() {}

    /** Whether what was typed came sooner after the question than a person reads it. */
    public static boolean isTooSoon(Instant asked, Instant typed) {
        return Duration.between(asked, typed).compareTo(LEAST) < 0;
    }
}
