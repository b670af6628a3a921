package dev.safecoder.sandbox.container;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls to an engine that must end: each runs on a thread of its own, and the end of the time or an
 * interrupt of the caller closes its connection. The caller's interrupt thus never reaches a
 * connection that others use.
 */
final class Deadline {
    private Deadline() {}

    static <T> T within(Duration limit, Callable<T> call) throws IOException, InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer = threads.submit(call);
            try {
                return take(answer, limit);
            } finally {
                answer.cancel(true);
            }
        }
    }

    /**
     * The same for a call that makes something: an interrupt waits until it is made, because the
     * engine would go on making it behind our back, where nobody removes it.
     */
    static <T> T whole(Duration limit, Callable<T> call) throws IOException, InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer = threads.submit(call);
            try {
                return take(answer, limit);
            } catch (InterruptedException interrupted) {
                finish(answer, limit, interrupted);
                throw interrupted;
            } finally {
                answer.cancel(true);
            }
        }
    }

    private static void finish(Future<?> answer, Duration limit, InterruptedException interrupted)
            throws InterruptedException {
        try {
            take(answer, limit);
        } catch (IOException e) {
            interrupted.addSuppressed(e);
        }
    }

    private static <T> T take(Future<T> answer, Duration limit)
            throws IOException, InterruptedException {
        try {
            return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no answer within %s s".formatted(limit.toMillis() / 1000.0), e);
        } catch (ExecutionException e) {
            throw rethrown(Objects.requireNonNull(e.getCause()));
        }
    }

    private static IOException rethrown(Throwable cause) throws InterruptedException {
        if (cause instanceof IOException known) {
            return known;
        }
        if (cause instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException(cause);
    }
}
