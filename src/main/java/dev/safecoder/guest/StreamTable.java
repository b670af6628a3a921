package dev.safecoder.guest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The open streams by their ids, which the host alone gives out and never uses again. */
final class StreamTable {
    static final int MOST_STREAMS = 256;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Integer, Exchange> open = new HashMap<>();
    private int lastId;
    private @Nullable Supplier<GuestException> death;

    /**
     * Opens the next stream.
     *
     * @throws IllegalStateException when too many are open
     */
    Exchange open(Link link, Set<GuestFrame> answers) {
        lock.lock();
        try {
            if (death != null) {
                throw death.get();
            }
            if (open.size() >= MOST_STREAMS) {
                throw new IllegalStateException(
                        "%d streams are open in one sandbox already".formatted(open.size()));
            }
            lastId = Math.incrementExact(lastId);
            var exchange = new Exchange(link, lastId, answers);
            open.put(lastId, exchange);
            return exchange;
        } finally {
            lock.unlock();
        }
    }

    /** The stream of a frame of the guest's. */
    Exchange find(int id, GuestFrame type) throws ProtocolBreach {
        lock.lock();
        try {
            var found = open.get(id);
            if (found == null) {
                throw new ProtocolBreach(
                        id > 0 && id <= lastId
                                ? "%s for stream %d, which had ended".formatted(type, id)
                                : "%s for stream %s, which was never opened"
                                        .formatted(type, Integer.toUnsignedString(id)));
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    void remove(Exchange ended) {
        lock.lock();
        try {
            open.remove(ended.id());
        } finally {
            lock.unlock();
        }
    }

    /** No stream can be opened any more; false when that was so before. */
    boolean shut(Supplier<GuestException> why) {
        lock.lock();
        try {
            if (death != null) {
                return false;
            }
            death = why;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** What to tell whoever asks for more, when the sandbox is dead. */
    @Nullable Supplier<GuestException> death() {
        lock.lock();
        try {
            return death;
        } finally {
            lock.unlock();
        }
    }

    List<Exchange> all() {
        lock.lock();
        try {
            return List.copyOf(open.values());
        } finally {
            lock.unlock();
        }
    }
}
