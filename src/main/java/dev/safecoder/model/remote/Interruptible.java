package dev.safecoder.model.remote;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * Runs a blocking exchange on a virtual thread of its own: there, an interrupt closes the socket it
 * waits on, which it does not on the threads that programs start with.
 */
public final class Interruptible {
    private Interruptible() {}

    /** What the exchange returns or throws; an interrupt ends the exchange first. */
    public static <T> T call(Callable<T> exchange) throws InterruptedException {
        try (var thread = Executors.newVirtualThreadPerTaskExecutor()) {
            var result = thread.submit(exchange);
            try {
                return result.get();
            } catch (InterruptedException stopped) {
                thread.shutdownNow();
                throw stopped;
            } catch (ExecutionException failed) {
                throw rethrown(Objects.requireNonNull(failed.getCause()));
            }
        }
    }

    private static RuntimeException rethrown(Throwable cause) throws InterruptedException {
        return switch (cause) {
            case InterruptedException stopped -> throw stopped;
            case Error error -> throw error;
            case RuntimeException failure -> failure;
            default -> new IllegalStateException(cause);
        };
    }
}
