package dev.safecoder.guest;

import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A command inside. One thread delivers its output and learns its end; with a time limit, one more
 * waits for that.
 */
final class GuestCommand implements RunningCommand {
    private static final Set<GuestFrame> ANSWERS =
            Set.of(
                    GuestFrame.STARTED,
                    GuestFrame.STDOUT,
                    GuestFrame.STDERR,
                    GuestFrame.EXITED,
                    GuestFrame.FAILED,
                    GuestFrame.CREDIT,
                    GuestFrame.CLOSED);
    private static final int KILL = 9;
    private static final int MOST_SIGNAL = 64;

    private final Link link;
    private final Exchange exchange;
    private final CommandOutput output;
    private final Optional<Duration> timeLimit;
    private final Optional<OutputStream> input;
    private final CompletableFuture<CommandEnd> end = new CompletableFuture<>();
    private volatile boolean timeIsOver;
    private volatile boolean closed;

    private GuestCommand(Link link, Exchange exchange, Command command, CommandOutput output) {
        this.link = link;
        this.exchange = exchange;
        this.output = output;
        this.timeLimit = command.timeLimit();
        this.input =
                command.streams() instanceof Command.Streams.Closed
                        ? Optional.empty()
                        : Optional.of(
                                new PieceOutput(exchange, HostFrame.STDIN, HostFrame.STDIN_EOF));
    }

    static RunningCommand start(Link link, Command command, CommandOutput output) {
        var request = ExecRequest.of(command);
        var refusal = ExecRequest.refusal(command, request);
        if (refusal.isPresent()) {
            return new NeverStarted(refusal.get());
        }
        var exchange = link.open(request, ANSWERS);
        var running = new GuestCommand(link, exchange, command, output);
        link.fork(running::deliver);
        running.timeLimit.ifPresent(limit -> link.fork(() -> running.endAfter(limit)));
        return running;
    }

    private void deliver() {
        try {
            output.started(this);
            end.complete(follow());
        } catch (ProtocolBreach breach) {
            end.completeExceptionally(link.broken(breach));
        } catch (Throwable failure) { // thread root: await() throws whatever the taker threw
            exchange.close();
            end.completeExceptionally(failure);
        }
    }

    /** Gives the output to its taker until the command's last frame. */
    private CommandEnd follow() throws InterruptedException, ProtocolBreach {
        boolean started = false;
        while (true) {
            var answer = exchange.next();
            switch (answer.type()) {
                case STARTED -> {
                    if (started) {
                        throw answer.unexpected();
                    }
                    started = true;
                    answer.u32();
                    answer.end();
                }
                case STDOUT -> output.out(answer.piece());
                case STDERR -> output.err(answer.piece());
                case EXITED -> {
                    return ended(answer);
                }
                case FAILED -> {
                    var failure = answer.failure();
                    return new CommandEnd.NotStarted(failure.errno(), failure.step());
                }
                case CLOSED -> {
                    return closed(answer);
                }
                default -> throw answer.unexpected();
            }
        }
    }

    private enum How {
        CODE,
        SIGNAL
    }

    private CommandEnd ended(Answer answer) throws ProtocolBreach {
        var how = answer.constant(How.values());
        int value = answer.u8();
        int survivors = (int) Math.min(answer.u32(), Integer.MAX_VALUE);
        answer.end();
        if (how == How.CODE) {
            return new CommandEnd.Exited(value, survivors);
        }
        return timeIsOver && value == KILL
                ? new CommandEnd.TimedOut(timeLimit.orElseThrow())
                : new CommandEnd.Signalled(value, survivors);
    }

    private CommandEnd closed(Answer answer) throws ProtocolBreach {
        answer.end();
        if (!closed) {
            throw answer.unexpected();
        }
        return new CommandEnd.Signalled(KILL, 0);
    }

    /**
     * Kills the command when its time is over. The guest must say within a moment that it has
     * ended, unless the output that it has to send first is not taken on this side.
     */
    private void endAfter(Duration limit) throws InterruptedException {
        if (exchange.awaitEnd(limit)) {
            return;
        }
        timeIsOver = true;
        signal(KILL);
        boolean mayBeSlow;
        do {
            mayBeSlow = waitsForTaker();
            if (exchange.awaitEnd(Exchange.GRACE)) {
                return;
            }
        } while (mayBeSlow || waitsForTaker());
        link.died("its guest did not end a command within %s".formatted(Exchange.GRACE));
    }

    private boolean waitsForTaker() {
        return !closed && exchange.isStalled();
    }

    @Override
    public CommandEnd await() throws InterruptedException {
        try {
            return end.get();
        } catch (InterruptedException interrupted) {
            close();
            throw interrupted;
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(failed.getCause());
            }
        }
    }

    @Override
    public OutputStream input() {
        return input.orElseThrow(
                () -> new IllegalStateException("the command was started without an input"));
    }

    @Override
    public void signal(int number) {
        if (number < 1 || number > MOST_SIGNAL) {
            throw new IllegalArgumentException("%d is no signal".formatted(number));
        }
        exchange.send(FrameBuilder.of(HostFrame.SIGNAL).u8(number));
    }

    @Override
    public void resize(int rows, int columns) {
        exchange.send(FrameBuilder.of(HostFrame.RESIZE).u16(rows).u16(columns));
    }

    @Override
    public void close() {
        closed = true;
        exchange.close();
    }
}
