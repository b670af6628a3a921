package dev.safecoder.history;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Objects as git keeps them one by one: a deflated file each, named by the hash of header and
 * content. New ones wait under another name until {@link #settle}, for a file must not have its
 * name before its bytes are on the disk, and many are brought there faster together.
 */
final class LooseObjects implements GitObject.Sink {
    /** How git, too, names an object that is being written. */
    static final String UNFINISHED = "tmp_obj_";

    private static final int BUFFER = 1 << 16;
    private static final int FEW = 4;
    private static final int MOST_TOGETHER = 16;

    private final Path folder;
    private final AtomicLong written = new AtomicLong();
    private final Map<ObjectId, Path> waiting = new ConcurrentHashMap<>();

    LooseObjects(Path objects) {
        folder = objects;
    }

    @Override
    public ObjectId put(GitObject.Type type, byte[] content) throws IOException {
        var id = GitObject.id(type, content);
        return waiting.containsKey(id) || Files.exists(file(id))
                ? id
                : put(type, content.length, InputStream.nullInputStream(), content);
    }

    /** Keeps a blob of this length. */
    ObjectId putBlob(long size, InputStream content) throws IOException {
        return put(GitObject.Type.BLOB, size, content, new byte[0]);
    }

    /** Writes an object whose content is the bytes, then the stream. */
    private ObjectId put(GitObject.Type type, long size, InputStream rest, byte[] start)
            throws IOException {
        var file = folder.resolve(UNFINISHED + written.incrementAndGet());
        boolean waits = false;
        try {
            var id = write(file, type, size, rest, start);
            waits = !Files.exists(file(id)) && waiting.putIfAbsent(id, file) == null;
            return id;
        } finally {
            if (!waits) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Brings all that waits to the disk, and then gives it its names. */
    void settle() throws IOException {
        var settling = Map.copyOf(waiting);
        if (settling.size() <= FEW) {
            for (var file : settling.values()) {
                force(file);
            }
        } else {
            forceTogether(settling.values());
        }
        for (var object : settling.entrySet()) {
            Files.createDirectories(folderOf(object.getKey()));
            Files.move(object.getValue(), file(object.getKey()), StandardCopyOption.ATOMIC_MOVE);
            waiting.remove(object.getKey());
        }
    }

    private static void forceTogether(Collection<Path> files) throws IOException {
        var limit = new Semaphore(MOST_TOGETHER);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all =
                    files.stream()
                            .map(
                                    file ->
                                            CompletableFuture.runAsync(
                                                    () -> force(file, limit), threads))
                            .toList();
            all.forEach(CompletableFuture::join);
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof UncheckedIOException unchecked
                    ? unchecked.getCause()
                    : new IOException(failed);
        }
    }

    private static void force(Path file, Semaphore limit) {
        limit.acquireUninterruptibly();
        try {
            force(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            limit.release();
        }
    }

    private static void force(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(false);
        }
    }

    private static ObjectId write(
            Path file, GitObject.Type type, long size, InputStream rest, byte[] start)
            throws IOException {
        var sha = GitObject.sha1();
        var deflater = new Deflater(Deflater.BEST_SPEED);
        try (var channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var deflated =
                    new DeflaterOutputStream(Channels.newOutputStream(channel), deflater, BUFFER);
            OutputStream out = new DigestOutputStream(deflated, sha);
            out.write(type.header(size));
            out.write(start);
            long copied = start.length + rest.transferTo(out);
            if (copied != size) {
                throw new IOException("%d bytes came instead of %d".formatted(copied, size));
            }
            deflated.finish();
        } finally {
            deflater.end();
        }
        return ObjectId.of(sha.digest());
    }

    /** The object, when it is here. */
    Optional<GitObject> open(ObjectId id) throws IOException {
        var unsettled = waiting.get(id);
        if (unsettled != null) {
            var object = open(unsettled);
            if (object.isPresent()) {
                return object;
            }
        }
        return open(file(id)); // it may have got its name just now
    }

    private static Optional<GitObject> open(Path path) throws IOException {
        InputStream file;
        try {
            file = Files.newInputStream(path);
        } catch (NoSuchFileException notHere) {
            return Optional.empty();
        }
        try {
            return Optional.of(open(new InflaterInputStream(file)));
        } catch (IOException wrong) {
            file.close();
            throw wrong;
        }
    }

    private static GitObject open(InputStream inflated) throws IOException {
        var header = new StringBuilder();
        for (int one = inflated.read(); one > 0 && header.length() < 32; one = inflated.read()) {
            header.append((char) one);
        }
        var words = header.toString().split(" ", 2);
        for (var type : GitObject.Type.values()) {
            if (words.length == 2 && words[0].equals(type.word())) {
                return new GitObject(type, Long.parseLong(words[1]), inflated);
            }
        }
        throw new IOException("an object begins with '%s'".formatted(header));
    }

    private Path folderOf(ObjectId id) {
        return folder.resolve(id.hex().substring(0, 2));
    }

    private Path file(ObjectId id) {
        return folderOf(id).resolve(id.hex().substring(2));
    }
}
