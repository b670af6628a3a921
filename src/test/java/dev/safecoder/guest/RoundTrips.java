package dev.safecoder.guest;

import java.util.Arrays;
import java.util.concurrent.Callable;

/** How long one call after the other takes, in microseconds. */
public record RoundTrips(long p50, long p95) {
    /** Runs the call this often after a tenth as many to warm up. */
    public static RoundTrips measure(int times, Callable<?> call) throws Exception {
        for (int index = 0; index < times / 10; index++) {
            call.call();
        }
        var micros = new long[times];
        for (int index = 0; index < times; index++) {
            long before = System.nanoTime();
            call.call();
            micros[index] = (System.nanoTime() - before) / 1_000;
        }
        Arrays.sort(micros);
        return new RoundTrips(micros[times / 2], micros[times * 95 / 100]);
    }
}
