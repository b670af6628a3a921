package dev.safecoder.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.Eventually;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Makes a call that waits on a thread of its own, to be interrupted there. */
final class InterruptedCaller {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final FutureTask<?> call;
    private final Thread thread;

    private InterruptedCaller(Callable<?> work) {
        call = new FutureTask<>(work);
        thread = Thread.ofVirtual().start(call);
    }

    static InterruptedCaller of(Callable<?> call) {
        return new InterruptedCaller(call);
    }

    /** Interrupts the call while it waits; asserts that it ends by that. */
    void interruptOnceItWaits() throws Exception {
        Eventually.holds("the call waits", LIMIT, () -> thread.getState() == Thread.State.WAITING);
        thread.interrupt();
        try {
            assertThat(call.get()).as("an interrupted call has no answer").isNull();
        } catch (ExecutionException failed) {
            assertThat(failed.getCause()).isInstanceOf(InterruptedException.class);
        }
    }
}
