package dev.safecoder.guest;

import dev.safecoder.fault.SafeCoderException;
import org.jspecify.annotations.Nullable;

/** The sandbox died, or its guest broke the protocol; nothing more can be asked of it. */
public final class GuestException extends SafeCoderException {
    private GuestException(String problem, String remedy, @Nullable Throwable cause) {
        super(problem, remedy, cause);
    }

    /** The stream ended while something was still expected. */
    public static GuestException died(String reason) {
        return new GuestException(
                "The sandbox ended: %s".formatted(reason),
                "look at the last checkpoint with `safe-coder log`, then start a new session",
                null);
    }

    /** The guest sent something that the protocol does not allow; the sandbox is killed. */
    public static GuestException brokeProtocol(String what) {
        return new GuestException(
                "The sandbox was stopped because its guest broke the protocol: %s".formatted(what),
                "review what was recorded with `safe-coder log`; the project is untouched",
                null);
    }
}
