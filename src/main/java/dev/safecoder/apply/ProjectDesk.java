package dev.safecoder.apply;

import dev.safecoder.path.RelativePath;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The folder in the state folder where everything about applying to one project lies: the lock and
 * the journals, oldest first. Whoever has it open has the lock.
 */
final class ProjectDesk implements Closeable {
    private static final RelativePath DESKS = RelativePath.of("applies");
    private static final String LOCK = "lock";
    private static final int PRIVATE = 0700;
    private static final int KEY_DIGITS = 32;

    private final Path path;
    private final HostFolder folder;
    private final ProjectLock lock;

    private ProjectDesk(Path path, HostFolder folder, ProjectLock lock) {
        this.path = path;
        this.folder = folder;
        this.lock = lock;
    }

    /** Where the desk of a project is, whether it is there or not. */
    static Path path(Path stateFolder, Path project) {
        return stateFolder.resolve(DESKS.toString()).resolve(key(project).toString());
    }

    private static RelativePath key(Path project) {
        return RelativePath.of(digest(project.toString()).substring(0, KEY_DIGITS));
    }

    /** Makes the desk of a project, and the state folder, unless they are there. */
    static Path make(HostFolder.Opener opener, Path stateFolder, Path project) throws IOException {
        Files.createDirectories(stateFolder);
        try (var state = opener.open(stateFolder)) {
            makeUnlessThere(state, DESKS);
            try (var desks = state.open(DESKS)) {
                makeUnlessThere(desks, key(project));
            }
        }
        return path(stateFolder, project);
    }

    /** Every desk there is. */
    static List<Path> all(HostFolder.Opener opener, Path stateFolder) throws IOException {
        var desks = stateFolder.resolve(DESKS.toString());
        if (!Files.isDirectory(desks)) {
            return List.of();
        }
        try (var folder = opener.open(desks)) {
            return folder.names().stream()
                    .sorted()
                    .map(name -> desks.resolve(name.toString()))
                    .toList();
        }
    }

    /** Sits down at a desk; empty when somebody sits there. */
    static Optional<ProjectDesk> open(HostFolder.Opener opener, Path desk) throws IOException {
        var lock = ProjectLock.take(desk.resolve(LOCK));
        if (lock.isEmpty()) {
            return Optional.empty();
        }
        var folder = Optional.<HostFolder>empty();
        try {
            folder = Optional.of(opener.open(desk));
            return Optional.of(new ProjectDesk(desk, folder.get(), lock.get()));
        } finally {
            if (folder.isEmpty()) {
                lock.get().close();
            }
        }
    }

    static String holder(Path desk) throws IOException {
        return ProjectLock.holder(desk.resolve(LOCK));
    }

    HostFolder folder() {
        return folder;
    }

    Path folderPath() {
        return path;
    }

    /** The full path of a journal. */
    Path journal(RelativePath name) {
        return path.resolve(name.toString());
    }

    /** The journals' names, oldest first. */
    List<RelativePath> journals() throws IOException {
        return journals(folder);
    }

    static List<RelativePath> journals(HostFolder desk) throws IOException {
        return desk.names().stream()
                .filter(name -> !name.toString().equals(LOCK))
                .sorted()
                .toList();
    }

    ApplyRecord record(RelativePath name) {
        return new ApplyRecord(journal(name));
    }

    /** Deletes the finished journals that are meant and began before an instant. */
    void forgetFinished(Predicate<RelativePath> meant, Instant before) throws IOException {
        var limit = time(before);
        for (var name : journals()) {
            if (name.toString().compareTo(limit) < 0 && meant.test(name) && isFinished(name)) {
                Journal.remove(folder, name);
            }
        }
    }

    private boolean isFinished(RelativePath name) throws IOException {
        var opened = Journal.open(folder, name);
        if (opened.isEmpty()) {
            return false; // recovery's to remove
        }
        try (var journal = opened.get()) {
            return journal.state() == Journal.State.FINISHED;
        }
    }

    private static String time(Instant instant) {
        return instant.toString().replace(':', '-');
    }

    /** A name that no journal here has. */
    RelativePath newJournal(Instant now) throws IOException {
        var time = time(now);
        for (int next = 1; ; next++) {
            var name = RelativePath.of(next == 1 ? time : time + "+" + next);
            if (folder.look(name).isEmpty()) {
                return name;
            }
        }
    }

    /** The name of the staging folder that belongs to a journal; no other journal has the same. */
    RelativePath staging(RelativePath journal) {
        return RelativePath.of(
                Staging.PREFIX + digest(journal(journal).toString()).substring(0, 16));
    }

    private static void makeUnlessThere(HostFolder in, RelativePath name) throws IOException {
        try {
            in.make(name, PRIVATE);
            in.sync();
        } catch (FileAlreadyExistsException there) {
            return;
        }
    }

    private static String digest(String text) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    @Override
    public void close() throws IOException {
        folder.close();
        lock.close();
    }
}
