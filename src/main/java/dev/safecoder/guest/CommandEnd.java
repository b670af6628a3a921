package dev.safecoder.guest;

import java.time.Duration;

/** How a command ended. */
public sealed interface CommandEnd {
    /** By itself; {@code survivors} processes it had left behind were killed. */
    record Exited(int code, int survivors) implements CommandEnd {}

    /** By a signal. */
    record Signalled(int signal, int survivors) implements CommandEnd {}

    /** Killed with all that it had started, because its time was over. */
    record TimedOut(Duration after) implements CommandEnd {}

    /** It never ran: {@code step} (chdir, exec, pty, ...) gave this Linux error number. */
    record NotStarted(int errno, String step) implements CommandEnd {}
}
