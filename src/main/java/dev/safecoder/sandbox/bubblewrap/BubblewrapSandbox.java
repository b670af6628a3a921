package dev.safecoder.sandbox.bubblewrap;

import dev.safecoder.guest.Guest;
import dev.safecoder.process.RunningProgram;
import dev.safecoder.sandbox.BackendName;
import dev.safecoder.sandbox.Guarantee;
import dev.safecoder.sandbox.Sandbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A running bubblewrap with a guest in it. */
final class BubblewrapSandbox implements Sandbox {
    private static final Duration FAREWELL_LIMIT = Duration.ofSeconds(2);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

    private final String name;
    private final RunningProgram program;
    private final Guest guest;
    private final Leftovers.Record record;
    private final AtomicBoolean closed = new AtomicBoolean();

    BubblewrapSandbox(String name, RunningProgram program, Guest guest, Leftovers.Record record) {
        this.name = name;
        this.program = program;
        this.guest = guest;
        this.record = record;
    }

    @Override
    public BackendName backend() {
        return BackendName.BUBBLEWRAP;
    }

    @Override
    public String id() {
        return name;
    }

    @Override
    public Guest guest() {
        return guest;
    }

    @Override
    public List<Guarantee> inspect() {
        return Inspection.of(Path.of("/"), program.onlyChild());
    }

    /** An interrupt does not keep anything alive: the end is a kill then, and waited for. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            guest.close();
            end(FAREWELL_LIMIT);
        } catch (InterruptedException e) {
            interrupted = true;
            endAtOnce();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void end(Duration patience) throws InterruptedException {
        if (!program.endsWithin(patience)) {
            program.kill();
            program.endsWithin(KILL_LIMIT);
        }
        record.clear();
    }

    private void endAtOnce() {
        try {
            end(Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // what is left is on record for the next reap
        }
    }
}
