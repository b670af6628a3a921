package dev.safecoder.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A program of the host that runs beside us, spoken to through its standard input and output; of
 * what it says on standard error, head and tail are kept.
 */
public final class RunningProgram {
    private static final int MOST_ERROR_BYTES = 8192;
    private static final Duration END_LIMIT = Duration.ofSeconds(1);

    private final Process process;
    private final BoundedOutput errors;
    private final Thread errorReader;

    private RunningProgram(Process process, BoundedOutput errors, Thread errorReader) {
        this.process = process;
        this.errors = errors;
        this.errorReader = errorReader;
    }

    /**
     * Starts it on a thread of its own that lives as long as the program does. A program that asked
     * Linux to die with its parent (PR_SET_PDEATHSIG) dies with the <em>thread</em> that started
     * it, so neither a pool's thread nor a virtual thread's carrier may.
     *
     * @throws IOException when it cannot be started, with the system's reason
     */
    public static RunningProgram start(HostCommand command)
            throws IOException, InterruptedException {
        var started = new CompletableFuture<Process>();
        Thread.ofPlatform()
                .daemon()
                .name("parent of " + command.program().getFileName())
                .start(() -> live(command, started));
        try {
            return watch(started.get());
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e.getCause());
        } catch (InterruptedException e) {
            started.thenAccept(Subprocess::killTree);
            throw e;
        }
    }

    private static void live(HostCommand command, CompletableFuture<Process> started) {
        Process process;
        try {
            process = command.builder().start();
        } catch (IOException e) {
            started.completeExceptionally(e);
            return;
        }
        started.complete(process);
        process.onExit().join();
    }

    private static RunningProgram watch(Process process) {
        var errors = new BoundedOutput(MOST_ERROR_BYTES);
        // a virtual thread in a pipe's read keeps its carrier, and there are as few as cores
        var reader =
                Thread.ofPlatform()
                        .daemon()
                        .name("errors of " + process.pid())
                        .start(() -> keep(process.getErrorStream(), errors));
        return new RunningProgram(process, errors, reader);
    }

    private static void keep(InputStream stream, BoundedOutput errors) {
        try (stream) {
            errors.drain(stream);
        } catch (IOException e) {
            return; // closed by the end of the program: what came before counts
        }
    }

    /** The system's number for it. */
    public long pid() {
        return process.pid();
    }

    /**
     * The number of the one process that it has started.
     *
     * @throws IllegalStateException when it has none, or more
     */
    public long onlyChild() {
        var children = process.children().map(ProcessHandle::pid).toList();
        if (children.size() != 1) {
            throw new IllegalStateException("not one child: %s".formatted(children));
        }
        return children.getFirst();
    }

    /** What it reads as its standard input. */
    public OutputStream input() {
        return process.getOutputStream();
    }

    /** What it writes to its standard output. */
    public InputStream output() {
        return process.getInputStream();
    }

    /** Kills it with all its descendants, without waiting; may be called again. */
    public void kill() {
        Subprocess.killTree(process);
    }

    /** Whether it ended within the limit. */
    public boolean endsWithin(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * How it ended and what it said on standard error, as a clause; waits for both, since its end
     * is often seen on its output first.
     */
    public String lastWords() {
        var ending = ending();
        var text = errorText();
        return process.isAlive() || text.isEmpty() ? ending : text;
    }

    /** How it ended, as a clause; waits for it as {@link #lastWords} does. */
    public String ending() {
        return hasEnded()
                ? "it ended with exit code %d".formatted(process.exitValue())
                : "it still runs";
    }

    /** What it has said on standard error, as far as it is kept. */
    public String errorText() {
        return errors.taken().text().strip();
    }

    private boolean hasEnded() {
        try {
            return endsWithin(END_LIMIT) && errorReader.join(END_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }
}
