package dev.safecoder.history;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The names of commits. One is moved under git's own lock, and last of all that belongs to it. */
final class Refs {
    static final String LOCK = ".lock";

    private final Path repository;

    Refs(Path repository) {
        this.repository = repository;
    }

    Optional<ObjectId> get(String name) throws IOException {
        try {
            var line = Files.readString(repository.resolve(name), StandardCharsets.US_ASCII);
            return Optional.of(ObjectId.read(line.strip()));
        } catch (NoSuchFileException perhapsPacked) {
            return packed(name);
        }
    }

    /** Someone's git may have put all refs into one file. */
    private Optional<ObjectId> packed(String name) throws IOException {
        var packed = repository.resolve("packed-refs");
        if (!Files.exists(packed)) {
            return Optional.empty();
        }
        try (var lines = Files.lines(packed, StandardCharsets.UTF_8)) {
            var found = lines.filter(line -> line.endsWith(" " + name)).findFirst();
            return found.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            ObjectId.read(found.get().substring(0, found.get().indexOf(' '))));
        }
    }

    /** Gives a name to another commit; the caller has made sure what it named before. */
    void set(String name, ObjectId commit) throws IOException {
        var lock = repository.resolve(name + LOCK);
        Files.createDirectories(repository.resolve(name.substring(0, name.lastIndexOf('/'))));
        var channel =
                FileChannel.open(lock, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            try (channel) {
                var line = (commit.hex() + "\n").getBytes(StandardCharsets.US_ASCII);
                channel.write(ByteBuffer.wrap(line));
                channel.force(false);
            }
            Files.move(lock, repository.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(lock);
        }
    }
}
