package dev.safecoder.guest;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The one byte stream to a guest, shared by all exchanges. Two threads of its own: one reads frames
 * and puts each into its exchange, one writes. It dies once, for one reason, with the sandbox.
 */
final class Link {
    private static final int VERSION = 1;
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final GuestStream stream;
    private final Outbox outbox = new Outbox();
    private final StreamTable table = new StreamTable();

    /** Stream 0: the greeting and the farewell. */
    private final Exchange greeting =
            new Exchange(this, 0, Set.of(GuestFrame.HELLO, GuestFrame.FAILED));

    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("guest-", 0).factory());
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean leaving;

    /** Whether stream 0 has answered; the reader's own. */
    private boolean greeted;

    private Link(GuestStream stream) {
        this.stream = stream;
    }

    static Link to(GuestStream stream) {
        var link = new Link(stream);
        // a virtual thread in a pipe's read keeps its carrier, and there are as few as cores
        Thread.ofPlatform().daemon().name("guest-reader").start(link::read);
        link.threads.execute(link::write);
        return link;
    }

    /** Says hello and waits for the guest's; the sandbox is killed when none comes in time. */
    GuestHello greet(Duration limit) throws InterruptedException {
        try {
            send(FrameBuilder.of(HostFrame.HELLO).u16(VERSION).finish(0));
            var answer = greeting.next(limit);
            if (answer.isEmpty()) {
                throw died("its guest said nothing within %s".formatted(limit));
            }
            if (answer.get().type() == GuestFrame.FAILED) {
                answer.get().failure();
                throw died("its guest does not speak version %d".formatted(VERSION));
            }
            return hello(answer.get());
        } catch (ProtocolBreach breach) {
            throw broken(breach);
        } catch (InterruptedException interrupted) {
            die(() -> GuestException.died("its start was abandoned"));
            throw interrupted;
        }
    }

    private static GuestHello hello(Answer answer) throws ProtocolBreach {
        int version = answer.u16();
        if (version != VERSION) {
            throw new ProtocolBreach("version %d, asked for %d".formatted(version, VERSION));
        }
        var hello =
                new GuestHello(
                        version,
                        answer.constant(GuestHello.View.values()),
                        answer.u32(),
                        answer.u32(),
                        answer.word());
        answer.end();
        return hello;
    }

    /** One conversation about one request. */
    @FunctionalInterface
    interface Dialogue<T, X extends Exception> {
        T hold(Exchange exchange) throws X, ProtocolBreach, InterruptedException;
    }

    /** Sends a request and holds its dialogue; the stream is given up when that is left early. */
    <T, X extends Exception> T ask(
            FrameBuilder request, Set<GuestFrame> answers, Dialogue<T, X> dialogue)
            throws X, InterruptedException {
        try (var exchange = open(request, answers)) {
            return dialogue.hold(exchange);
        } catch (ProtocolBreach breach) {
            throw broken(breach);
        }
    }

    /** Sends a request on a stream of its own. */
    Exchange open(FrameBuilder request, Set<GuestFrame> answers) {
        var exchange = table.open(this, answers);
        send(request.finish(exchange.id()));
        return exchange;
    }

    /** Sends a request whose answer nobody waits for; nothing happens when the sandbox is dead. */
    void tell(FrameBuilder request, Set<GuestFrame> answers) {
        if (table.death() == null) {
            open(request, answers);
        }
    }

    /** What a thread of the connection's does until it ends by itself. */
    @FunctionalInterface
    interface Work {
        void run() throws InterruptedException;
    }

    void fork(Work work) {
        threads.submit(
                () -> {
                    work.run();
                    return work;
                });
    }

    /** Queues a frame; never waits. */
    void send(byte[] frame) {
        if (!outbox.add(frame)) {
            // not here: the caller may hold the lock of an exchange
            threads.execute(() -> die(() -> GuestException.died("its guest stopped reading")));
        }
    }

    void awaitRoom() throws InterruptedException {
        outbox.awaitRoom();
    }

    private void read() {
        try (var input = stream.input()) {
            var frames = new FrameReader(input);
            while (frames.next()) {
                if (isFarewell(frames)) {
                    return;
                }
                dispatch(frames);
            }
            streamEnded("");
        } catch (ProtocolBreach breach) {
            broken(breach);
        } catch (IOException broken) {
            streamEnded(String.valueOf(broken.getMessage()));
        } catch (RuntimeException | Error bug) { // thread root: nobody may wait for a dead reader
            died("its reader failed: " + bug);
        } finally {
            over.countDown();
        }
    }

    private void streamEnded(String reason) {
        if (!leaving) {
            died(reason);
        }
    }

    private boolean isFarewell(FrameReader frames) throws ProtocolBreach {
        if (frames.type() != GuestFrame.BYE.code()) {
            return false;
        }
        if (!leaving || frames.stream() != 0 || frames.payloadLength() != 0) {
            throw new ProtocolBreach("BYE out of turn");
        }
        return true;
    }

    private void dispatch(FrameReader frames) throws ProtocolBreach {
        var type = GuestFrame.of(frames.type());
        int id = frames.stream();
        if (id == 0 && greeted) {
            throw new ProtocolBreach("%s on stream 0 after the greeting".formatted(type));
        }
        greeted = true;
        var exchange = id == 0 ? greeting : table.find(id, type);
        exchange.receive(type, frames.array(), frames.payloadStart(), frames.payloadLength());
        if (type.closes()) {
            table.remove(exchange);
        }
    }

    private void write() {
        try (var output = stream.output()) {
            outbox.drainTo(output);
        } catch (IOException gone) {
            lookForTheEnd();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The reader knows better what happened, and has last frames to deliver. */
    private void lookForTheEnd() {
        try {
            if (!over.await(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
                died("its guest no longer reads");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Kills the sandbox because its guest does not keep to the protocol. */
    GuestException broken(ProtocolBreach breach) {
        return die(() -> GuestException.brokeProtocol(breach.what()));
    }

    /** The sandbox is gone, or must go; says what the wall knows of it when there is no reason. */
    GuestException died(String reason) {
        var words = stream.lastWords();
        var whole = words.isBlank() ? reason : reason.isBlank() ? words : reason + "; " + words;
        return die(() -> GuestException.died(whole.isBlank() ? "its stream was closed" : whole));
    }

    /** Kills before anybody is told; the first reason stands. */
    private GuestException die(Supplier<GuestException> why) {
        if (table.shut(why)) {
            stream.kill();
            outbox.close();
            greeting.fail(why);
            table.all().forEach(exchange -> exchange.fail(why));
        }
        var first = table.death();
        return (first == null ? why : first).get();
    }

    /** Ends everything inside, then the guest; by force when it does not leave by itself. */
    void close() {
        leaving = true;
        outbox.add(FrameBuilder.of(HostFrame.BYE).finish(0));
        try {
            if (table.death() == null) {
                over.await(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        die(() -> GuestException.died("it was closed"));
    }
}
