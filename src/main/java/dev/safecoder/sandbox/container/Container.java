package dev.safecoder.sandbox.container;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** A container that is ours to remove, whatever state it is in. */
final class Container {
    private static final Duration REMOVE_LIMIT = Duration.ofSeconds(20);

    private final Engine engine;
    private final String name;
    private final Optional<Injection> injection;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean removed;

    Container(Engine engine, String name, Optional<Injection> injection) {
        this.engine = engine;
        this.name = name;
        this.injection = injection;
    }

    String name() {
        return name;
    }

    Engine engine() {
        return engine;
    }

    /**
     * Kills it and removes it with its volumes; when it returns, it is gone. Never throws: what an
     * engine cannot remove now, the next reaping will.
     */
    void remove() {
        lock.lock();
        try {
            if (!removed) {
                removed = true;
                removeNow();
            }
        } finally {
            lock.unlock();
        }
    }

    /** An interrupted thread can use no socket, so the interrupt waits until this is done. */
    private void removeNow() {
        boolean interrupted = Thread.interrupted();
        try {
            Deadline.whole(REMOVE_LIMIT, this::removeAndWait);
        } catch (IOException e) {
            return; // the guest has ended with our end of its stream
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private String removeAndWait() throws IOException, InterruptedException {
        engine.remove(name);
        if (injection.isPresent()) {
            injection.get().remove(engine);
        }
        return name;
    }
}
