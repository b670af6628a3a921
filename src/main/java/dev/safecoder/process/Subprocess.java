package dev.safecoder.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a program of the host to its end: within a time limit, keeping a bounded output. */
public final class Subprocess {
    /** How long output is waited for that a descendant of the ended program still holds open. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private Subprocess() {}

    /** Runs it with empty input. */
    public static ProgramEnd run(HostCommand command, Duration limit, int mostOutputBytes)
            throws InterruptedException {
        return run(command, new byte[0], limit, mostOutputBytes);
    }

    /**
     * Runs it with this input; of each of its two outputs at most {@code mostOutputBytes} are kept.
     * An interrupt, like the end of the time, kills it with all its descendants first.
     */
    public static ProgramEnd run(
            HostCommand command, byte[] input, Duration limit, int mostOutputBytes)
            throws InterruptedException {
        Process process;
        try {
            process = command.builder().start();
        } catch (IOException e) {
            return new ProgramEnd.NotStarted(String.valueOf(e.getMessage()));
        }
        try {
            return await(process, input, limit, mostOutputBytes);
        } finally {
            killTree(process);
        }
    }

    /**
     * Runs it on our own terminal, which it has to itself until it ends; an interrupt kills it.
     *
     * @return its exit code
     * @throws IOException when it cannot be started, with the system's reason
     */
    public static int onTerminal(HostCommand command) throws IOException, InterruptedException {
        var process = command.builder().inheritIO().start();
        try {
            return process.waitFor();
        } finally {
            killTree(process);
        }
    }

    private static ProgramEnd await(
            Process process, byte[] input, Duration limit, int mostOutputBytes)
            throws InterruptedException {
        var out = new BoundedOutput(mostOutputBytes);
        var err = new BoundedOutput(mostOutputBytes);
        var ended = new CountDownLatch(2);
        Thread.startVirtualThread(() -> write(input, process.getOutputStream()));
        Thread.startVirtualThread(() -> read(process.getInputStream(), out, ended));
        Thread.startVirtualThread(() -> read(process.getErrorStream(), err, ended));
        boolean inTime = process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
        if (!inTime) {
            killTree(process);
        }
        ended.await(GRACE.toNanos(), TimeUnit.NANOSECONDS);
        return inTime
                ? new ProgramEnd.Exited(process.exitValue(), out.taken(), err.taken())
                : new ProgramEnd.TimedOut(limit, out.taken(), err.taken());
    }

    private static void write(byte[] input, OutputStream stream) {
        try (stream) {
            stream.write(input);
        } catch (IOException e) {
            return; // it does not read its input, which is its own affair
        }
    }

    private static void read(InputStream stream, BoundedOutput into, CountDownLatch ended) {
        try (stream) {
            into.drain(stream);
        } catch (IOException e) {
            return; // closed by the end of the program: what came before counts
        } finally {
            ended.countDown();
        }
    }

    /** Descendants first, because their parent's end hides them from us. */
    static void killTree(Process process) {
        List<ProcessHandle> tree =
                Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        tree.forEach(ProcessHandle::destroyForcibly);
    }
}
