package dev.safecoder.history;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Predicate;

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
        var found = packed(line -> line.endsWith(" " + asBytes(name)));
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(ObjectId.read(found.get().substring(0, found.get().indexOf(' '))));
    }

    /** Whether the file of all refs has the name. */
    boolean isPacked(String name) throws IOException {
        return packed(name).isPresent();
    }

    /** Whether the file of all refs has names below this one. */
    boolean isFolderOfPacked(String name) throws IOException {
        return packed(line -> line.contains(" " + asBytes(name) + "/")).isPresent();
    }

    /** Bytes as characters: what others name their refs need not be valid UTF-8. */
    private static String asBytes(String name) {
        return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private Optional<String> packed(Predicate<String> wanted) throws IOException {
        var packed = repository.resolve("packed-refs");
        if (!Files.exists(packed)) {
            return Optional.empty();
        }
        try (var lines = Files.lines(packed, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> !line.startsWith("#")).filter(wanted).findFirst();
        }
    }

    /** Gives a name to another commit; the caller has made sure what it named before. */
    void set(String name, ObjectId commit) throws IOException {
        write(name, commit, () -> true);
    }

    /**
     * Gives a new name to a commit.
     *
     * @return false when something has the name
     */
    boolean create(String name, ObjectId commit) throws IOException {
        return write(
                name,
                commit,
                () ->
                        !Files.exists(repository.resolve(name), LinkOption.NOFOLLOW_LINKS)
                                && !isPacked(name));
    }

    /** Whether a name may be written; asked under the lock. */
    private interface Condition {
        boolean holds() throws IOException;
    }

    private boolean write(String name, ObjectId commit, Condition condition) throws IOException {
        var lock = repository.resolve(name + LOCK);
        Files.createDirectories(repository.resolve(name.substring(0, name.lastIndexOf('/'))));
        var channel =
                FileChannel.open(lock, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        boolean moved = false;
        try {
            try (channel) {
                if (!condition.holds()) {
                    return false;
                }
                var line = (commit.hex() + "\n").getBytes(StandardCharsets.US_ASCII);
                channel.write(ByteBuffer.wrap(line));
                channel.force(false);
            }
            Files.move(lock, repository.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            moved = true;
            return true;
        } finally {
            if (!moved) {
                Files.deleteIfExists(lock);
            }
        }
    }
}
