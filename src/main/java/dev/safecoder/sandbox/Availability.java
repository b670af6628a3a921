package dev.safecoder.sandbox;

/** Whether a backend would start here. */
public sealed interface Availability {
    /** It would; {@code reason} says what was found (engine, version). */
    record Usable(String reason) implements Availability {}

    /** It would not: why, and what to do about it, runnable. */
    record Unusable(String reason, String remedy) implements Availability {}
}
