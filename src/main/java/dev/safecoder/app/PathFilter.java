package dev.safecoder.app;

import dev.safecoder.change.Change;
import dev.safecoder.change.ChangeSet;
import dev.safecoder.path.RelativePath;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

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

    /** The first of the paths that none of the changes lies at or below. */
    public Optional<RelativePath> unmatched(Collection<Change> changes) {
        return paths.stream()
                .filter(path -> changes.stream().noneMatch(new PathFilter(List.of(path))::takes))
                .findFirst();
    }

    private boolean isNamed(RelativePath path) {
        return paths.stream().anyMatch(path::isWithin);
    }
}
