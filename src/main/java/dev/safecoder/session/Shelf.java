package dev.safecoder.session;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A folder of session folders. */
final class Shelf {
    private final Path folder;

    Shelf(Path folder) {
        this.folder = folder;
    }

    /** Where a session lies, or would. */
    SessionFolder at(SessionId id) {
        return new SessionFolder(id, folder.resolve(id.text()));
    }

    /** Every session that can be read, newest first. */
    List<SessionRecord> all() {
        var all = new ArrayList<SessionRecord>();
        for (var one : folders()) {
            read(one.record()).ifPresent(all::add);
        }
        all.sort(Comparator.comparing(SessionRecord::created).reversed());
        return all;
    }

    /** Every folder with a session's name, whatever it holds. */
    List<SessionFolder> folders() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        var folders = new ArrayList<SessionFolder>();
        try (var entries = Files.newDirectoryStream(folder, Shelf::isNamedLikeOne)) {
            entries.forEach(entry -> folders.add(at(new SessionId(name(entry)))));
            return folders;
        } catch (IOException cause) {
            throw SessionException.unreadable(folder, cause);
        }
    }

    private static boolean isNamedLikeOne(Path entry) {
        return SessionId.isOne(name(entry));
    }

    private static String name(Path entry) {
        return Objects.requireNonNull(entry.getFileName()).toString();
    }

    /** A session that is being made has no record yet; one that cannot be read is none of ours. */
    private static Optional<SessionRecord> read(Path record) {
        try {
            return Optional.of(new SessionRecordFile(record).read());
        } catch (IOException notOne) {
            return Optional.empty();
        }
    }

    /**
     * The session with this id or beginning of one.
     *
     * @throws SessionException when it is the beginning of several
     */
    Optional<SessionRecord> find(String id) {
        var fitting =
                all().stream()
                        .filter(it -> !id.isEmpty() && it.id().text().startsWith(id))
                        .toList();
        if (fitting.size() > 1) {
            throw SessionException.ambiguous(id, fitting.stream().map(SessionRecord::id).toList());
        }
        return fitting.stream().findFirst();
    }

    /** What a session takes on the disk, by the lengths of its files. */
    long bytes(SessionId id) {
        var sum = new Sum();
        try {
            Files.walkFileTree(at(id).folder(), sum);
        } catch (IOException cause) {
            throw SessionException.unreadable(at(id).folder(), cause);
        }
        return sum.bytes;
    }

    /** What goes while it is counted counts nothing. */
    private static final class Sum extends SimpleFileVisitor<Path> {
        private long bytes;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes += attributes.isRegularFile() ? attributes.size() : 0;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
        }
    }
}
