package dev.safecoder.session;

import dev.safecoder.sandbox.SandboxSpec.Owner;
import dev.safecoder.workspace.SessionTree;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All sessions of one state folder. Safe for several processes: a session is written by the process
 * that owns it only, and one whose owner is dead by whoever finds it.
 */
public final class SessionStore {
    private static final Set<String> POSIX = Set.of("posix");

    private final Path state;
    private final String host;

    /**
     * @param host the name of this machine, for telling whose owner can be looked up here
     */
    public SessionStore(Path state, String host) {
        this.state = state;
        this.host = host;
    }

    /** The folder of a session, whether there is one or not. */
    public SessionFolder folder(SessionId id) {
        return new SessionFolder(id, sessions().resolve(id.text()));
    }

    /** Makes the private folder (0700) of a new session. */
    public SessionFolder create(SessionId id) {
        var folder = folder(id);
        try {
            makePrivate(sessions());
            makePrivate(folder.folder());
            return folder;
        } catch (IOException cause) {
            throw SessionException.unkept(folder.folder(), cause);
        }
    }

    private static void makePrivate(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().containsAll(POSIX)) {
            var mode = PosixFilePermissions.fromString("rwx------");
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(mode));
        } else {
            Files.createDirectories(folder);
        }
    }

    /** Keeps a session's record. */
    public void save(SessionRecord record) {
        var folder = folder(record.id());
        try {
            new SessionRecordFile(folder.record()).write(record);
        } catch (IOException cause) {
            throw SessionException.unkept(folder.folder(), cause);
        }
    }

    /** Every session that can be read, newest first. */
    public List<SessionRecord> all() {
        var all = new ArrayList<SessionRecord>();
        for (var folder : folders()) {
            read(folder).ifPresent(all::add);
        }
        all.sort(Comparator.comparing(SessionRecord::created).reversed());
        return all;
    }

    private List<Path> folders() {
        if (!Files.isDirectory(sessions())) {
            return List.of();
        }
        var folders = new ArrayList<Path>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(sessions())) {
            entries.forEach(folders::add);
            return folders;
        } catch (IOException cause) {
            throw SessionException.unreadable(sessions(), cause);
        }
    }

    /** A session that is being made has no record yet; one that cannot be read is none of ours. */
    private static Optional<SessionRecord> read(Path folder) {
        try {
            return Optional.of(new SessionRecordFile(folder.resolve("session.json")).read());
        } catch (IOException notOne) {
            return Optional.empty();
        }
    }

    /** The session with this id or unique beginning of one. */
    public SessionRecord find(String id) {
        if (SessionId.isOne(id)) {
            var folder = folder(new SessionId(id));
            if (Files.exists(folder.record())) {
                return readable(folder);
            }
        }
        var fitting = all().stream().filter(it -> it.id().text().startsWith(id)).toList();
        if (fitting.isEmpty() || id.isEmpty()) {
            throw SessionException.unknown(id);
        }
        if (fitting.size() > 1) {
            throw SessionException.ambiguous(id, fitting.stream().map(SessionRecord::id).toList());
        }
        return fitting.getFirst();
    }

    private static SessionRecord readable(SessionFolder folder) {
        try {
            return new SessionRecordFile(folder.record()).read();
        } catch (IOException cause) {
            throw SessionException.unreadable(folder.record(), cause);
        }
    }

    /** The newest session of a project. */
    public SessionRecord newestOf(Path project) {
        return all().stream()
                .filter(it -> it.project().equals(project))
                .findFirst()
                .orElseThrow(() -> SessionException.noneOf(project));
    }

    /** Moves a session that does not run out of the way; it can be moved back by hand. */
    public void discard(SessionRecord record) {
        requireEnded(record);
        var trash = state.resolve("trash");
        try {
            makePrivate(trash);
            Files.move(folder(record.id()).folder(), trash.resolve(record.id().text()));
        } catch (IOException cause) {
            throw SessionException.unkept(trash, cause);
        }
    }

    /** Deletes a session that does not run, for good. */
    public void delete(SessionRecord record) {
        requireEnded(record);
        var folder = folder(record.id()).folder();
        try {
            SessionTree.at(folder).remove();
        } catch (IOException cause) {
            throw SessionException.unkept(folder, cause);
        }
    }

    /**
     * @throws SessionException when the session's process is alive
     */
    public void requireEnded(SessionRecord record) {
        if (record.outcome() == Outcome.RUNNING && !isDead(record.owner())) {
            throw SessionException.running(record.id(), record.owner().pid());
        }
    }

    /** The sessions whose process is provably dead though nobody wrote down their end. */
    public List<SessionRecord> orphans() {
        return all().stream()
                .filter(it -> it.outcome() == Outcome.RUNNING && isDead(it.owner()))
                .toList();
    }

    /** Writes down that a session whose process died has ended. */
    public void markInterrupted(SessionRecord orphan) {
        var soFar =
                new SessionRecord.Progress(
                        orphan.turns(), orphan.changes(), orphan.unknown(), orphan.refusals());
        save(orphan.with(Outcome.INTERRUPTED, soFar));
    }

    private boolean isDead(Owner owner) {
        return owner.host().equals(host) && !owner.isAlive();
    }

    private Path sessions() {
        return state.resolve("sessions");
    }
}
