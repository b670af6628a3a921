package dev.safecoder.history;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Contents on their way in. Git's objects begin with their length, which a stream does not tell: a
 * small one is gathered in memory, a large one in a file of the repository's folder.
 */
final class Incoming {
    static final String FOLDER = "incoming";

    private static final int MOST_IN_MEMORY = 1 << 20;

    private final Path folder;
    private final AtomicLong running = new AtomicLong();

    Incoming(Path repository) {
        folder = repository.resolve(FOLDER);
    }

    /** A content that has arrived, until it is closed. */
    interface Arrived extends AutoCloseable {
        long size();

        ObjectId putInto(LooseObjects objects) throws IOException;

        @Override
        void close() throws IOException;
    }

    Arrived take(InputStream content) throws IOException {
        var start = content.readNBytes(MOST_IN_MEMORY);
        if (start.length < MOST_IN_MEMORY) {
            return new InMemory(start);
        }
        var file = folder.resolve("content-" + running.incrementAndGet());
        try {
            var whole = new SequenceInputStream(new ByteArrayInputStream(start), content);
            try (var out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
                whole.transferTo(out);
            }
            return new InFile(file, Files.size(file));
        } catch (IOException cut) {
            Files.deleteIfExists(file);
            throw cut;
        }
    }

    private record InMemory(byte[] bytes) implements Arrived {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public ObjectId putInto(LooseObjects objects) throws IOException {
            return objects.put(GitObject.Type.BLOB, bytes);
        }

        @Override
        public void close() {}
    }

    private record InFile(Path file, long size) implements Arrived {
        @Override
        public ObjectId putInto(LooseObjects objects) throws IOException {
            try (var in = Files.newInputStream(file)) {
                return objects.putBlob(size, in);
            }
        }

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(file);
        }
    }
}
