package dev.safecoder.guest;

import dev.safecoder.fault.SafeCoderException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The sandbox died or its guest broke the protocol, so that nothing more can be asked of it; or the
 * guest cannot do what it must always be able to do.
 */
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

    /** The guest, alive, cannot do what protects the user or the project. */
    static GuestException cannot(String what, int errno, String step) {
        return new GuestException(
                "The sandbox could not %s: %s gave Linux error %d".formatted(what, step, errno),
                "end this session, then start a new one",
                null);
    }

    /** The guest program cannot be put where sandboxes take it from. */
    static GuestException cannotInstall(Path folder, IOException cause) {
        return new GuestException(
                "The guest program could not be written to '%s': %s"
                        .formatted(folder, cause.getMessage()),
                "make '%s' a folder of yours with 10 MB free".formatted(folder),
                cause);
    }
}
