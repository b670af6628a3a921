package dev.safecoder.guest;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Frames on their way to the guest. Callers never wait in a write: a guest that does not read stops
 * one thread, which is nobody's, and every call stays interruptible. What piles up while that
 * thread writes goes out with its next write.
 */
final class Outbox {
    private static final int SMALL = 8_192;

    /** Senders of data wait while more than this is on its way. */
    private static final int ROOM = 1 << 20;

    /**
     * More than every stream's largest request and largest piece together. Frames that cannot wait
     * (signals, credit, closes) fill the rest only while the guest does not read.
     */
    private static final int MOST = 48 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition emptied = lock.newCondition();
    private byte[] pending = new byte[SMALL];
    private int length;
    private boolean closed;

    /** Returns when there is room for data, or when the outbox is closed. */
    void awaitRoom() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && length > ROOM) {
                emptied.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Never waits; false when the guest has not read for so long that nothing more is kept. */
    boolean add(byte[] frame) {
        lock.lock();
        try {
            if (closed) {
                return true;
            }
            if (length + frame.length > MOST) {
                return false;
            }
            if (length + frame.length > pending.length) {
                int doubled = Math.min(2 * pending.length, MOST);
                pending = Arrays.copyOf(pending, Math.max(doubled, length + frame.length));
            }
            System.arraycopy(frame, 0, pending, length, frame.length);
            length += frame.length;
            filled.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Writes what comes in until the outbox is closed. */
    void drainTo(OutputStream output) throws IOException, InterruptedException {
        var spare = new byte[SMALL];
        while (true) {
            byte[] full;
            int count;
            lock.lockInterruptibly();
            try {
                while (length == 0 && !closed) {
                    filled.await();
                }
                if (closed) {
                    return;
                }
                full = pending;
                count = length;
                pending = spare;
                length = 0;
                emptied.signalAll();
            } finally {
                lock.unlock();
            }
            output.write(full, 0, count);
            output.flush();
            spare = full.length <= ROOM ? full : new byte[SMALL];
        }
    }

    /** Drops what has not been written. */
    void close() {
        lock.lock();
        try {
            closed = true;
            filled.signalAll();
            emptied.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
