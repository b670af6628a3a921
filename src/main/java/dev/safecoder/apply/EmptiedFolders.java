package dev.safecoder.apply;

import dev.safecoder.path.RelativePath;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds the host's folders that hold nothing once a plan's deletions are done. */
final class EmptiedFolders {
    private final HostTree tree;
    private final Set<RelativePath> deleted;
    private final Set<RelativePath> needed = new HashSet<>();
    private final Map<RelativePath, HostEntry> found = new TreeMap<>();
    private final Map<RelativePath, Boolean> known = new HashMap<>();

    /**
     * @param deleted the paths that go
     * @param put the paths that come: the folders above them stay
     */
    EmptiedFolders(HostTree tree, Set<RelativePath> deleted, Set<RelativePath> put) {
        this.tree = tree;
        this.deleted = deleted;
        put.forEach(path -> above(path).forEach(needed::add));
    }

    /** Those above the deleted paths that {@code may} go, as git would remove them. */
    void aboveDeleted(Predicate<RelativePath> may) throws IOException {
        var above = new TreeSet<RelativePath>(Comparator.reverseOrder());
        deleted.forEach(path -> above(path).forEach(above::add));
        // a folder sorts before what is in it, so the deepest come first
        for (var folder : above) {
            if (may.test(folder)) {
                isEmptied(folder, false);
            }
        }
    }

    /** Whether a folder is to be empty so that a file can take its place. */
    boolean canBeFile(RelativePath folder) throws IOException {
        return isEmptied(folder, true);
    }

    /** What was found so far, deepest first. */
    List<Map.Entry<RelativePath, HostEntry>> deepestFirst() {
        return List.copyOf(new TreeMap<>(found).descendingMap().entrySet());
    }

    private boolean isEmptied(RelativePath folder, boolean emptyFoldersToo) throws IOException {
        var before = known.get(folder);
        if (before != null && (before || !emptyFoldersToo)) {
            return before;
        }
        boolean emptied = !needed.contains(folder) && looksEmptied(folder, emptyFoldersToo);
        known.put(folder, emptied);
        return emptied;
    }

    private boolean looksEmptied(RelativePath folder, boolean emptyFoldersToo) throws IOException {
        if (!(tree.reach(folder) instanceof HostTree.Reached.There(var place))) {
            return false;
        }
        try (place) {
            var seen = place.look();
            if (seen.isEmpty() || !seen.get().isFolder()) {
                return false;
            }
            try (var open = place.folder().open(place.name())) {
                for (var name : open.names()) {
                    var child = folder.resolve(name);
                    if (!deleted.contains(child) && !goes(child, emptyFoldersToo)) {
                        return false;
                    }
                }
            }
            found.put(folder, seen.get());
            return true;
        }
    }

    private boolean goes(RelativePath child, boolean emptyFoldersToo) throws IOException {
        return emptyFoldersToo ? isEmptied(child, true) : known.getOrDefault(child, false);
    }

    static Stream<RelativePath> above(RelativePath path) {
        return Stream.iterate(path.parent(), up -> up.isPresent(), up -> up.orElseThrow().parent())
                .map(up -> up.orElseThrow());
    }
}
