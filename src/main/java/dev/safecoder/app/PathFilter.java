package dev.safecoder.app;

import dev.safecoder.change.Change;
import dev.safecoder.change.ChangeSet;
import dev.safecoder.path.RelativePath;
import java.util.List;

/** The part of a change set that a user named by paths; no paths mean all of it. */
public record PathFilter(List<RelativePath> paths) {
    public static final PathFilter ALL = new PathFilter(List.of());

    public PathFilter {
        paths = List.copyOf(paths);
    }

    public ChangeSet of(ChangeSet all) {
        return new ChangeSet(all.changes().stream().filter(this::takes).toList(), all.blobs());
    }

    /** A rename is taken when either of its names is. */
    public boolean takes(Change change) {
        return paths.isEmpty()
                || isNamed(change.path())
                || change.from().filter(this::isNamed).isPresent();
    }

    private boolean isNamed(RelativePath path) {
        return paths.stream().anyMatch(path::isWithin);
    }
}
