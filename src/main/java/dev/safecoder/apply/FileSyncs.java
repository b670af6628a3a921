package dev.safecoder.apply;

import dev.safecoder.path.RelativePath;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;

/**
 * Brings many new files to the disk at once: what one of them has to wait for there takes the
 * others along. Used by one thread, which waits for its own.
 */
final class FileSyncs implements Closeable {
    private static final int MOST_TOGETHER = 64;

    private final List<HostFile> written = new ArrayList<>();

    /**
     * Makes a file and keeps it; its content must be complete at the next call of anything here.
     */
    HostFile create(HostFolder folder, RelativePath name, int mode) throws IOException {
        if (written.size() == MOST_TOGETHER) {
            settle();
        }
        var file = folder.create(name, mode);
        written.add(file);
        return file;
    }

    /** Returns when every file that was made here will survive a loss of power. */
    void settle() throws IOException {
        try {
            if (written.size() == 1) {
                written.getFirst().sync();
            } else if (!written.isEmpty()) {
                syncTogether();
            }
        } finally {
            close();
        }
    }

    /** A system call keeps its carrier, so virtual threads would be as few as the processors. */
    private void syncTogether() throws IOException {
        try (var threads =
                Executors.newFixedThreadPool(
                        written.size(), Thread.ofPlatform().daemon().factory())) {
            var all =
                    written.stream()
                            .map(file -> CompletableFuture.runAsync(() -> sync(file), threads))
                            .toList();
            all.forEach(CompletableFuture::join);
        } catch (CompletionException failed) {
            switch (failed.getCause()) {
                case UncheckedIOException unchecked -> throw unchecked.getCause();
                case Error error -> throw error;
                case null, default -> throw failed;
            }
        }
    }

    private static void sync(HostFile file) {
        try {
            file.sync();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Closes what is not settled. */
    @Override
    public void close() throws IOException {
        var open = List.copyOf(written);
        written.clear();
        for (var file : open) {
            file.close();
        }
    }
}
