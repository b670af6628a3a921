package dev.safecoder.session;

import dev.safecoder.workspace.SessionTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Sessions that were thrown away: at most {@value #MOST_SESSIONS}, and at most two gibibytes of
 * them. What does not fit is deleted, what was thrown away first goes first; the one thrown away
 * last stays whatever its size.
 */
public final class Trash {
    static final int MOST_SESSIONS = 50;
    static final long MOST_BYTES = 2L << 30;

    private final Path folder;
    private final Shelf shelf;
    private final Limits limits;

    /** How much it holds. */
    record Limits(int sessions, long bytes) {}

    Trash(Path folder, Limits limits) {
        this.folder = folder;
        this.shelf = new Shelf(folder);
        this.limits = limits;
    }

    /** What is in it, the newest session first. */
    public List<SessionRecord> all() {
        return shelf.all();
    }

    /** The session with this id or unique beginning of one. */
    public Optional<SessionRecord> find(String id) {
        return shelf.find(id);
    }

    /** Where everything lies that is or may be a session in it. */
    List<SessionFolder> folders() {
        return shelf.folders();
    }

    /** Where a session in it lies. */
    public SessionFolder folder(SessionRecord record) {
        return shelf.at(record.id());
    }

    /** What a session in it takes on the disk. */
    public long bytes(SessionRecord record) {
        return shelf.bytes(record.id());
    }

    /** Deletes a session in it for good. */
    public void delete(SessionRecord record) {
        remove(record.id());
    }

    /** Takes a session's folder, and deletes what does not fit any more; returns what went. */
    List<SessionId> take(SessionFolder thrown, Instant when) {
        var place = shelf.at(thrown.id()).folder();
        try {
            Files.setLastModifiedTime(thrown.folder(), FileTime.from(when));
            Files.move(thrown.folder(), place);
            return shrink(thrown.id());
        } catch (IOException cause) {
            throw SessionException.unkept(folder, cause);
        }
    }

    private List<SessionId> shrink(SessionId last) throws IOException {
        record Thrown(SessionId id, FileTime when, long bytes) {}
        var thrown = new ArrayList<Thrown>();
        for (var record : shelf.all()) {
            var id = record.id();
            var when = Files.getLastModifiedTime(shelf.at(id).folder());
            thrown.add(new Thrown(id, when, shelf.bytes(id)));
        }
        thrown.sort(Comparator.comparing(Thrown::when));
        long bytes = thrown.stream().mapToLong(Thrown::bytes).sum();
        int count = thrown.size();
        var gone = new ArrayList<SessionId>();
        for (var one : thrown) {
            boolean fits = count <= limits.sessions() && bytes <= limits.bytes();
            if (!fits && !one.id().equals(last)) {
                remove(one.id());
                gone.add(one.id());
                count--;
                bytes -= one.bytes();
            }
        }
        return gone;
    }

    private void remove(SessionId id) {
        try {
            SessionTree.at(shelf.at(id).folder()).remove();
        } catch (IOException cause) {
            throw SessionException.unkept(folder, cause);
        }
    }
}
