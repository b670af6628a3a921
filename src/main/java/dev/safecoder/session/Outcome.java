package dev.safecoder.session;

import java.util.Locale;

/** How far a session has come; the names, but for {@code running}, are the report's outcomes. */
public enum Outcome {
    RUNNING,
    COMPLETED,
    /** Turns, time or cost ran out. */
    LIMIT,
    INTERRUPTED,
    FAILED;

    /** As reports and files write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
