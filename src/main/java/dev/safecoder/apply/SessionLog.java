package dev.safecoder.apply;

import dev.safecoder.change.BlobId;
import dev.safecoder.change.BlobSource;
import dev.safecoder.path.RelativePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a session's earlier applies and undos left as its side of each path: the base of its next
 * apply there. Without it the session's own lines would count as the user's.
 */
final class SessionLog implements BlobSource {
    private final ApplyRequest request;
    private final Map<RelativePath, Optional<Held>> sides = new HashMap<>();

    /** Contents that only a journal keeps. */
    private final Map<BlobId, Kept> kept = new HashMap<>();

    /** What is read stays open without the folders that lead to it. */
    private record Kept(
            HostFolder.Opener opener, Path desk, RelativePath journal, KeptContents.Extent where) {
        InputStream open() throws IOException {
            try (var folder = opener.open(desk);
                    var inside = folder.open(journal)) {
                return where.open(inside);
            }
        }
    }

    private SessionLog(ApplyRequest request) {
        this.request = request;
    }

    /** The log of a session that has written nothing to the project. */
    static SessionLog empty(ApplyRequest request) {
        return new SessionLog(request);
    }

    /** Reads the finished journals of the session at a project's desk. */
    static SessionLog read(HostFolder.Opener opener, Path desk, ApplyRequest request)
            throws IOException {
        var log = new SessionLog(request);
        try (var folder = opener.open(desk)) {
            for (var name : ProjectDesk.journals(folder)) {
                var opened = Journal.open(folder, name);
                if (opened.isPresent()) {
                    try (var journal = opened.get()) {
                        if (journal.state() == Journal.State.FINISHED) {
                            log.add(name, journal, where -> new Kept(opener, desk, name, where));
                        }
                    }
                }
            }
        }
        return log;
    }

    private void add(
            RelativePath name, Journal journal, Function<KeptContents.Extent, Kept> keeping)
            throws IOException {
        var plan = journal.plan();
        if (!plan.session().equals(request.session()) && !isInherited(name)) {
            return;
        }
        for (var step : plan.steps()) {
            if (step.session().isPresent()) {
                var side = step.session().get().to();
                sides.put(step.path(), side);
                if (side.orElse(null) instanceof Held.File file) {
                    journal.contents()
                            .find(file.blob())
                            .ifPresent(where -> kept.put(file.blob(), keeping.apply(where)));
                }
            }
        }
    }

    private boolean isInherited(RelativePath name) {
        return request.inherited().stream().anyMatch(record -> record.name().equals(name));
    }

    private BlobSource blobs() {
        return request.review().changes().blobs();
    }

    /** The session's side of a path; empty when it has written nothing there. */
    Optional<Optional<Held>> side(RelativePath path) {
        return Optional.ofNullable(sides.get(path));
    }

    @Override
    public byte[] bytes(BlobId id) throws IOException {
        var here = kept.get(id);
        if (here == null) {
            return blobs().bytes(id);
        }
        try (var content = here.open()) {
            return content.readAllBytes();
        }
    }

    @Override
    public InputStream open(BlobId id) throws IOException {
        var here = kept.get(id);
        return here == null ? blobs().open(id) : here.open();
    }
}
