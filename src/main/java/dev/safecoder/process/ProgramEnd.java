package dev.safecoder.process;

import java.time.Duration;

/** How a run of a program ended. */
public sealed interface ProgramEnd {
    /** By itself; a signal's number plus 128 when it was one. */
    record Exited(int code, ProgramOutput out, ProgramOutput err) implements ProgramEnd {}

    /** It was killed with all that it had started, because its time was over. */
    record TimedOut(Duration after, ProgramOutput out, ProgramOutput err) implements ProgramEnd {}

    /** It never ran; {@code reason} is the system's. */
    record NotStarted(String reason) implements ProgramEnd {}
}
