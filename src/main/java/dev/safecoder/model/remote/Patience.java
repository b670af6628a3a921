package dev.safecoder.model.remote;

import dev.safecoder.model.ModelListener;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Asks again when what went wrong passes: after a second, then twice as long each time, by a
 * quarter more or less so that many clients do not come back together; or when the server says.
 *
 * @param retries how often it asks again
 * @param first the time before the second attempt
 * @param longest the most that it waits; a server that wants more is not waited for
 * @param silence how long a connection may be silent before it counts as broken
 */
public record Patience(
        int retries,
        Duration first,
        Duration longest,
        Duration silence,
        RandomGenerator chance,
        Pause pause) {
    private static final Duration LONGEST_OF_OURS = Duration.ofSeconds(60);

    /** As a person at a terminal has it. */
    public static Patience usual(RandomGenerator chance) {
        return new Patience(
                6,
                Duration.ofSeconds(1),
                Duration.ofSeconds(120),
                Duration.ofSeconds(120),
                chance,
                Thread::sleep);
    }

    /** The same with a machine that thinks for minutes before it says anything. */
    public Patience withSlowMachine() {
        return new Patience(retries, first, longest, Duration.ofMinutes(10), chance, pause);
    }

    /** How time passes. */
    public interface Pause {
        void last(Duration time) throws InterruptedException;
    }

    /** One attempt to get a reply. */
    public interface Attempt<T> {
        /**
         * @throws RemoteException when there is none
         */
        T make() throws InterruptedException;
    }

    /**
     * What the first attempt that succeeds returns.
     *
     * @throws RemoteException that of the last attempt, or one that does not pass
     */
    public <T> T persist(ModelListener listener, Attempt<T> attempt) throws InterruptedException {
        for (int made = 0; ; made++) {
            try {
                return attempt.make();
            } catch (RemoteException failure) {
                var wait = failure.retryAfter().orElse(backOff(made));
                if (!failure.passes() || made == retries || wait.compareTo(longest) > 0) {
                    throw failure;
                }
                listener.waiting(wait, failure.reason());
                pause.last(wait);
            }
        }
    }

    private Duration backOff(int made) {
        var doubled = first.multipliedBy(1L << Math.min(made, 20));
        var capped = doubled.compareTo(LONGEST_OF_OURS) < 0 ? doubled : LONGEST_OF_OURS;
        return Duration.ofNanos((long) (capped.toNanos() * chance.nextDouble(0.75, 1.25)));
    }
}
