package dev.safecoder.session;

import dev.safecoder.model.ToolRequest;
import dev.safecoder.tool.Toolbox;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Calls that only look, on their way at the same time; what they came to is taken in their order.
 * Closing it ends those that are still on their way, and waits for that.
 */
final class RunningCalls implements AutoCloseable {
    /** Each may have several streams of the guest open, and those are counted. */
    private static final int MOST_AT_ONCE = 8;

    private final ExecutorService threads =
            Executors.newFixedThreadPool(MOST_AT_ONCE, Thread.ofVirtual().factory());
    private final Queue<Future<ToolCall>> calls = new ArrayDeque<>();
    private final Toolbox toolbox;
    private final InstantSource clock;

    RunningCalls(Toolbox toolbox, Collection<ToolRequest> requests, InstantSource clock) {
        this.toolbox = toolbox;
        this.clock = clock;
        requests.forEach(request -> calls.add(threads.submit(() -> run(request))));
    }

    private ToolCall run(ToolRequest request) throws InterruptedException {
        Instant began = clock.instant();
        var result = toolbox.run(request);
        return new ToolCall(request, result, Duration.between(began, clock.instant()));
    }

    /** What the next one came to, once it has. */
    ToolCall next() throws InterruptedException {
        try {
            return calls.remove().get();
        } catch (ExecutionException failed) {
            throw rethrown(Objects.requireNonNull(failed.getCause()));
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

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
