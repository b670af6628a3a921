package dev.safecoder.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lines that a person types. */
final class Answers {
    private static final BufferedReader INPUT =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    private Answers() {}

    /** Forgets the lines that are there already. */
    static void forget() throws IOException {
        while (INPUT.ready()) {
            INPUT.read();
        }
    }

    /**
     * The next line, null at the end of input. An interrupt ends the wait, though not the reading:
     * a read of a terminal cannot be called off.
     */
    static @Nullable String next() throws IOException, InterruptedException {
        // a virtual thread in such a read would keep its carrier
        var reading = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
        try {
            return reading.submit(INPUT::readLine).get(1, TimeUnit.DAYS);
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause());
        } catch (java.util.concurrent.TimeoutException nobody) {
            return null;
        } finally {
            reading.shutdownNow();
        }
    }
}
