package dev.safecoder.cli;

import dev.safecoder.app.SessionStart.Started;
import dev.safecoder.guest.GuestException;
import dev.safecoder.sandbox.SandboxLoad;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what the sandbox takes, on a thread of its own: each second while the agent works, now
 * and then while nothing is done.
 */
final class SandboxWatch implements AutoCloseable {
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final int IDLE_BEATS = 10;

    private final Started started;
    private final long mostMemory;
    private final InstantSource clock;
    private final Instant since;
    private @Nullable Thread thread;
    private volatile @Nullable Look last;
    private volatile Optional<Long> percent = Optional.empty();

    private record Look(Instant when, SandboxLoad load) {}

    /**
     * @param mostMemory what the sandbox may have, in bytes
     */
    SandboxWatch(Started started, long mostMemory, InstantSource clock) {
        this.started = started;
        this.mostMemory = mostMemory;
        this.clock = clock;
        this.since = clock.instant();
    }

    /**
     * Begins to look.
     *
     * @param isWorking asked before each look
     * @param changed told after each look
     */
    void start(BooleanSupplier isWorking, Runnable changed) {
        thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("sandbox-watch")
                        .start(() -> look(isWorking, changed));
    }

    private void look(BooleanSupplier isWorking, Runnable changed) {
        try {
            for (int beat = 0; true; beat++) {
                if (isWorking.getAsBoolean() || beat % IDLE_BEATS == 0) {
                    look();
                    changed.run();
                }
                Thread.sleep(BEAT);
            }
        } catch (InterruptedException | GuestException ended) {
            return; // closed, or the sandbox is gone, which those who work with it tell
        }
    }

    private void look() throws InterruptedException {
        var load = SandboxLoad.of(started.session().sandbox().guest());
        if (load.isEmpty()) {
            return;
        }
        var before = last;
        var now = new Look(clock.instant(), load.get());
        percent = Optional.ofNullable(before).map(it -> percent(it, now));
        last = now;
    }

    /** Of one processor. */
    private static long percent(Look before, Look now) {
        long passed = Math.max(1, Duration.between(before.when(), now.when()).toMillis());
        long used = now.load().cpu().minus(before.load().cpu()).toMillis();
        return Math.max(0, used * 100 / passed);
    }

    /** Memory, processor and age, in words. */
    List<String> words() {
        var words = new ArrayList<String>();
        var now = last;
        if (now != null) {
            words.add("memory %s".formatted(memory(now.load().memoryBytes(), mostMemory)));
            percent.ifPresent(it -> words.add("CPU %d %%".formatted(it)));
        }
        words.add("up " + age(Duration.between(since, clock.instant())));
        return words;
    }

    static String memory(long bytes, long most) {
        return "%d of %d MB".formatted((bytes + (1 << 20) - 1) >> 20, most >> 20);
    }

    static String age(Duration age) {
        if (age.toMinutes() < 1) {
            return "%d s".formatted(Math.max(0, age.toSeconds()));
        }
        return age.toHours() < 1
                ? "%d min".formatted(age.toMinutes())
                : "%d h %d min".formatted(age.toHours(), age.toMinutesPart());
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
