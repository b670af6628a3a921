package dev.safecoder.apply;

import dev.safecoder.path.RelativePath;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Brings many new files to the disk at once, while more are written: what one of them has to wait
 * for there takes the others along. Used by one thread, which waits for its own.
 */
final class FileSyncs implements Closeable {
    /** As many files may be on their way, each held open. */
    private static final int MOST_TOGETHER = 64;

    private static final int THREADS = 16;

    private final Deque<CompletableFuture<Void>> onTheirWay = new ArrayDeque<>();
    private Optional<HostFile> last = Optional.empty();

    /** A system call keeps its carrier, so virtual threads would be as few as the processors. */
    private final ExecutorService threads =
            Executors.newFixedThreadPool(THREADS, Thread.ofPlatform().daemon().factory());

    /**
     * Makes a file and keeps it; its content must be complete at the next call of anything here.
     */
    HostFile create(HostFolder folder, RelativePath name, int mode) throws IOException {
        sendLast();
        while (onTheirWay.size() >= MOST_TOGETHER) {
            await(onTheirWay.remove());
        }
        var file = folder.create(name, mode);
        last = Optional.of(file);
        return file;
    }

    private void sendLast() {
        last.ifPresent(
                file -> onTheirWay.add(CompletableFuture.runAsync(() -> sync(file), threads)));
        last = Optional.empty();
    }

    private static void sync(HostFile written) {
        try (var file = written) {
            file.sync();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Returns when every file that was made here will survive a loss of power. */
    void settle() throws IOException {
        sendLast();
        while (!onTheirWay.isEmpty()) {
            await(onTheirWay.remove());
        }
    }

    private static void await(CompletableFuture<Void> sync) throws IOException {
        try {
            sync.join();
        } catch (CompletionException failed) {
            switch (failed.getCause()) {
                case UncheckedIOException unchecked -> throw unchecked.getCause();
                case Error error -> throw error;
                case null, default -> throw failed;
            }
        }
    }

    /** Closes what is not settled, once nothing is on its way any more. */
    @Override
    public void close() throws IOException {
        threads.close();
        if (last.isPresent()) {
            last.get().close();
        }
    }
}
