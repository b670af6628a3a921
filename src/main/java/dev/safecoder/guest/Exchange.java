package dev.safecoder.guest;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One stream of the protocol at the host's end: a request and what the guest answers. The reader of
 * the connection puts frames in and never waits here; one consumer takes them; others may send.
 */
final class Exchange implements AutoCloseable {
    /** What a guest may take to end what it was told to end. */
    static final Duration GRACE = Duration.ofSeconds(10);

    private final Link link;
    private final int id;
    private final Set<GuestFrame> allowed;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition credited = lock.newCondition();
    private final Condition over = lock.newCondition();

    private final ReceivedFrames frames = new ReceivedFrames();
    private final ReceiveWindow receiveWindow = new ReceiveWindow();
    private final SendWindow sendWindow = new SendWindow();

    /** What the consumer took last; it counts as consumed when the consumer asks for more. */
    private int lastTaken;

    /** Whether the closing frame is here. */
    private boolean ended;

    /** Whether the host gave the stream up. */
    private boolean abandoned;

    private @Nullable Supplier<GuestException> death;

    Exchange(Link link, int id, Set<GuestFrame> allowed) {
        this.link = link;
        this.id = id;
        this.allowed = allowed;
    }

    int id() {
        return id;
    }

    /** Takes one frame in; the array is the reader's and is copied. */
    void receive(GuestFrame type, byte[] array, int offset, int length) throws ProtocolBreach {
        if (!allowed.contains(type)) {
            throw new ProtocolBreach("%s where it has no place".formatted(type));
        }
        lock.lock();
        try {
            if (type == GuestFrame.CREDIT) {
                receiveCredit(array, offset, length);
            } else if (length > 0 || !type.isBytes()) {
                receiveAnswer(type, array, offset, length);
            }
        } finally {
            lock.unlock();
        }
    }

    private void receiveCredit(byte[] array, int offset, int length) throws ProtocolBreach {
        var credit =
                new Answer(GuestFrame.CREDIT, Arrays.copyOfRange(array, offset, offset + length));
        sendWindow.give(credit.u32());
        credit.end();
        credited.signalAll();
    }

    private void receiveAnswer(GuestFrame type, byte[] array, int offset, int length)
            throws ProtocolBreach {
        if (type.costsCredit()) {
            receiveWindow.spend(length);
        }
        if (!abandoned || type.closes()) {
            frames.add(type, array, offset, length);
            arrived.signal();
        }
        if (type.closes()) {
            ended = true;
            credited.signalAll();
            over.signalAll();
        }
    }

    /** The sandbox is dead: whoever waits here, or comes later, is told why. */
    void fail(Supplier<GuestException> why) {
        lock.lock();
        try {
            death = why;
            arrived.signalAll();
            credited.signalAll();
            over.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the next frame; asking for it says that the one before is consumed. What came in
     * before the sandbox died is still given.
     */
    Answer next() throws InterruptedException, ProtocolBreach {
        lock.lockInterruptibly();
        try {
            grantWhatWasTaken();
            while (frames.isEmpty()) {
                throwIfDead();
                if (ended) {
                    throw new IllegalStateException("nothing more comes on an ended stream");
                }
                arrived.await();
            }
            return take();
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #next()}, but gives up when nothing has come in time. */
    Optional<Answer> next(Duration limit) throws InterruptedException, ProtocolBreach {
        lock.lockInterruptibly();
        try {
            long left = limit.toNanos();
            while (frames.isEmpty()) {
                throwIfDead();
                if (left <= 0) {
                    return Optional.empty();
                }
                left = arrived.awaitNanos(left);
            }
            return Optional.of(take());
        } finally {
            lock.unlock();
        }
    }

    private Answer take() throws ProtocolBreach {
        var answer = frames.remove();
        lastTaken = answer.type().costsCredit() ? answer.piece().length : 0;
        return answer;
    }

    private void grantWhatWasTaken() {
        int granted = receiveWindow.grant(lastTaken);
        lastTaken = 0;
        if (granted > 0 && !ended) {
            link.send(FrameBuilder.of(HostFrame.CREDIT).u32(granted).finish(id));
        }
    }

    private void throwIfDead() {
        if (death != null) {
            throw death.get();
        }
    }

    /** Sends a frame that needs no credit; nothing happens when the stream is over. Never waits. */
    void send(FrameBuilder frame) {
        lock.lock();
        try {
            if (isOpen()) {
                link.send(frame.finish(id));
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isOpen() {
        return !ended && !abandoned && death == null;
    }

    /**
     * Sends a piece of a byte stream, waiting for credit; returns how much of it was sent, or 0
     * when the stream is over.
     */
    int sendPiece(HostFrame type, byte[] source, int offset, int count)
            throws InterruptedException {
        link.awaitRoom();
        lock.lockInterruptibly();
        try {
            while (isOpen() && !sendWindow.isOpen()) {
                credited.await();
            }
            throwIfDead();
            if (!isOpen()) {
                return 0;
            }
            int sent = sendWindow.spend(count);
            link.send(FrameBuilder.piece(type, source, offset, sent).finish(id));
            return sent;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether the closing frame has come, or comes in time; true, too, when the sandbox is dead.
     */
    boolean awaitEnd(Duration limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = limit.toNanos();
            while (!ended && death == null && left > 0) {
                left = over.awaitNanos(left);
            }
            return ended || death != null;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the guest could not go on because the consumer on this side does not take. */
    boolean isStalled() {
        lock.lock();
        try {
            return receiveWindow.isSpent();
        } finally {
            lock.unlock();
        }
    }

    /** Whether everything has come and has been taken. */
    boolean isOver() {
        lock.lock();
        try {
            return ended && frames.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Kills the sandbox because of what its guest did here. */
    GuestException broken(ProtocolBreach breach) {
        return link.broken(breach);
    }

    /**
     * Gives the stream up unless it has ended: the guest is told, and what it still sends is
     * dropped but for the closing frame, which must come within a moment. Never waits.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            if (isOpen()) {
                link.send(FrameBuilder.of(HostFrame.CLOSE).finish(id));
                abandoned = true;
                frames.clear();
                credited.signalAll();
                link.fork(this::awaitClosing);
            }
        } finally {
            lock.unlock();
        }
    }

    private void awaitClosing() throws InterruptedException {
        if (!awaitEnd(GRACE)) {
            link.died("its guest did not close a stream within %s".formatted(GRACE));
        }
    }
}
