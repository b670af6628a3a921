package dev.safecoder.guest;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Takes nothing until it is let go. */
final class StalledOutput implements CommandOutput {
    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicLong taken = new AtomicLong();

    void letGo() {
        gate.countDown();
    }

    long taken() {
        return taken.get();
    }

    @Override
    public void out(byte[] bytes) {
        try {
            gate.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        taken.addAndGet(bytes.length);
    }

    @Override
    public void err(byte[] bytes) {
        out(bytes);
    }
}
