package dev.safecoder.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one process that may write a history. The operating system takes the mark back when the
 * process dies, so whoever holds it knows that every other lock file is a dead owner's.
 */
final class Owner implements AutoCloseable {
    private static final String MARK = "safe-coder-owner";

    private final FileChannel channel;

    private Owner(FileChannel channel) {
        this.channel = channel;
    }

    /** The ownership, unless a living process has it. */
    static Optional<Owner> of(Path folder) throws IOException {
        var channel =
                FileChannel.open(
                        folder.resolve(MARK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock(channel) == null) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(new Owner(channel));
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    /** Deletes what a dead owner left half done: lock files and objects that were being written. */
    static void sweep(Path folder) throws IOException {
        delete(folder, "*" + Refs.LOCK);
        delete(folder.resolve("objects"), LooseObjects.UNFINISHED + "*");
        delete(folder.resolve("objects").resolve("pack"), PackFile.UNFINISHED + "*");
        delete(folder.resolve(Incoming.FOLDER), "*");
        var refs = folder.resolve("refs");
        if (Files.isDirectory(refs)) {
            try (var below = Files.walk(refs)) {
                for (var ref : below.filter(path -> path.toString().endsWith(Refs.LOCK)).toList()) {
                    Files.deleteIfExists(ref);
                }
            }
        }
    }

    private static void delete(Path folder, String names) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var found = Files.newDirectoryStream(folder, names)) {
            for (var file : found) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException unclosable) {
            throw new UncheckedIOException(unclosable);
        }
    }
}
