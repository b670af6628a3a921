package dev.safecoder.tool;

import dev.safecoder.guest.CommandEnd;
import dev.safecoder.guest.RunningCommand;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A command that goes on while the model does other things. */
record BackgroundCommand(
        String id,
        String line,
        RunningCommand running,
        CapturedOutput output,
        Future<CommandEnd> end) {

    boolean isRunning() {
        return !end.isDone();
    }

    /** Its end, when it comes within this time. */
    Optional<CommandEnd> endWithin(Duration limit) throws InterruptedException {
        try {
            return Optional.of(end.get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException stillRunning) {
            return Optional.empty();
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case RuntimeException failure -> throw failure; // the sandbox died
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(failed.getCause());
            }
        }
    }
}
