package dev.safecoder.session;

import dev.safecoder.history.History;
import dev.safecoder.sandbox.SandboxSpec.Owner;
import dev.safecoder.workspace.SessionTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * All sessions of one state folder. Safe for several processes: a session is written by the process
 * that owns it only, and one whose owner is dead by whoever finds it.
 */
public final class SessionStore {
    private static final Set<String> POSIX = Set.of("posix");

    private final Path state;
    private final String host;
    private final Shelf shelf;

    /**
     * @param host the name of this machine, for telling whose owner can be looked up here
     */
    public SessionStore(Path state, String host) {
        this.state = state;
        this.host = host;
        this.shelf = new Shelf(sessions());
    }

    /** The folder of a session, whether there is one or not. */
    public SessionFolder folder(SessionId id) {
        return shelf.at(id);
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
        return shelf.all();
    }

    /** What a session takes on the disk, by the lengths of its files. */
    public long bytes(SessionRecord record) {
        return shelf.bytes(record.id());
    }

    /** The sessions that were thrown away. */
    public Trash trash() {
        return new Trash(
                state.resolve("trash"), new Trash.Limits(Trash.MOST_SESSIONS, Trash.MOST_BYTES));
    }

    /** The session with this id or unique beginning of one. */
    public SessionRecord find(String id) {
        if (SessionId.isOne(id)) {
            var folder = folder(new SessionId(id));
            if (Files.exists(folder.record())) {
                return readable(folder);
            }
        }
        return shelf.find(id).orElseThrow(() -> SessionException.unknown(id));
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

    /**
     * Takes a session that has ended back to one of its checkpoints: files and conversation. The
     * steps after it leave the history's branch and stay readable in it.
     *
     * @throws SessionException when its process is alive, or it has no such step
     */
    public void rewind(SessionRecord record, int step) {
        requireEnded(record);
        var folder = folder(record.id());
        try (var history = History.open(folder.history())) {
            int last = history.checkpoints().getLast().step();
            if (step < 0 || step > last) {
                throw SessionException.noStep(record.id(), step, last);
            }
            history.rewind(step);
            folder.transcript().rewind(step);
            int changes = history.changes(0, step).changes().size();
            save(
                    record.with(
                            record.outcome(),
                            new SessionRecord.Progress(
                                    record.turns(), changes, record.unknown(), record.refusals())));
        } catch (IOException cause) {
            throw SessionException.unkept(folder.folder(), cause);
        }
    }

    /**
     * Makes a second session of one that has ended: the same history, conversation and verdicts
     * under another id. What the first one has applied counts as applied for both; only the first
     * one can take it back.
     */
    public SessionRecord fork(SessionRecord record, SessionId id, Instant when) {
        requireEnded(record);
        var from = folder(record.id());
        var to = create(id);
        try {
            new FolderCopy(from.folder(), to.folder()).copy(from.forkedParts());
        } catch (IOException cause) {
            throw SessionException.unkept(to.folder(), cause);
        }
        var forked = record.forked(id, when);
        save(forked);
        return forked;
    }

    /**
     * Throws a session that does not run into the trash; it can be moved back by hand.
     *
     * @return what the trash had to let go for good
     */
    public List<SessionId> discard(SessionRecord record, Instant when) {
        requireEnded(record);
        var trash = state.resolve("trash");
        try {
            makePrivate(trash);
        } catch (IOException cause) {
            throw SessionException.unkept(trash, cause);
        }
        return trash().take(folder(record.id()), when);
    }

    /**
     * Throws the sessions into the trash that have ended and that nothing was written to since.
     *
     * @return those that went, the oldest first
     */
    public List<SessionId> retire(Instant since, Instant when) {
        var retired = new ArrayList<SessionId>();
        for (var record : all().reversed()) {
            if (record.outcome() != Outcome.RUNNING && lastUse(record).isBefore(since)) {
                discard(record, when);
                retired.add(record.id());
            }
        }
        return retired;
    }

    /** Every file of a session is replaced in its folder, and that changes the folder's time. */
    private Instant lastUse(SessionRecord record) {
        var folder = folder(record.id()).folder();
        try {
            return Files.getLastModifiedTime(folder).toInstant();
        } catch (IOException cause) {
            throw SessionException.unreadable(folder, cause);
        }
    }

    /** Where everything lies that is or may be a session, also in the trash. */
    public List<SessionFolder> folders() {
        var folders = new ArrayList<>(shelf.folders());
        folders.addAll(trash().folders());
        return folders;
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

    /**
     * Lets a session of this very process pass, too, which is at rest between its turns.
     *
     * @throws SessionException when the session's process is alive and another one
     */
    public void requireAtRest(SessionRecord record) {
        if (!record.owner().equals(Owner.self(host))) {
            requireEnded(record);
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
        save(orphan.with(Outcome.INTERRUPTED, orphan.progress()));
    }

    private boolean isDead(Owner owner) {
        return owner.host().equals(host) && !owner.isAlive();
    }

    private Path sessions() {
        return state.resolve("sessions");
    }
}
