package dev.safecoder.change;

import dev.safecoder.change.Change.Content;
import dev.safecoder.change.Change.Kind;
import dev.safecoder.change.Change.LineCount;
import dev.safecoder.path.RelativePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds what differs between two trees. */
public final class TreeComparison {
    private static final LineCount NONE = new LineCount(0, 0);

    private final BlobSource blobs;
    private final List<Change> changes = new ArrayList<>();

    private TreeComparison(BlobSource blobs) {
        this.blobs = blobs;
    }

    /**
     * Compares two trees; one content at a time is in memory. A file that went is taken for the
     * source of one that came when their contents are the same or similar, as git does; links are
     * never renamed, for a link that moves means something else.
     *
     * @param before what each path held; paths that are the same in both may be left out of both
     */
    public static ChangeSet between(
            Map<RelativePath, TreeEntry> before,
            Map<RelativePath, TreeEntry> after,
            BlobSource blobs)
            throws IOException {
        var comparison = new TreeComparison(blobs);
        comparison.compare(before, after);
        comparison.changes.sort(Comparator.comparing(Change::path));
        return new ChangeSet(comparison.changes, blobs);
    }

    private void compare(Map<RelativePath, TreeEntry> before, Map<RelativePath, TreeEntry> after)
            throws IOException {
        var gone = new TreeMap<RelativePath, TreeEntry>();
        var come = new TreeMap<RelativePath, TreeEntry>();
        var paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        for (var path : paths) {
            var old = Optional.ofNullable(before.get(path));
            var now = Optional.ofNullable(after.get(path));
            if (old.isEmpty() || now.isEmpty()) {
                old.ifPresent(entry -> gone.put(path, entry));
                now.ifPresent(entry -> come.put(path, entry));
            } else if (!old.equals(now)) {
                add(path, kind(old.get(), now.get()), Optional.empty(), old, now);
            }
        }
        for (var rename : new Renames(gone, come, blobs).find().entrySet()) {
            var to = rename.getKey();
            var from = rename.getValue();
            var old = Optional.ofNullable(gone.remove(from));
            var now = Optional.ofNullable(come.remove(to));
            add(to, Kind.RENAMED, Optional.of(from), old, now);
        }
        addOneSided(gone, come);
    }

    private void addOneSided(Map<RelativePath, TreeEntry> gone, Map<RelativePath, TreeEntry> come)
            throws IOException {
        for (var path : gone.entrySet()) {
            var old = Optional.of(path.getValue());
            add(path.getKey(), Kind.DELETED, Optional.empty(), old, Optional.empty());
        }
        for (var path : come.entrySet()) {
            var kind = isLink(path.getValue()) ? Kind.SYMLINK : Kind.ADDED;
            var now = Optional.of(path.getValue());
            add(path.getKey(), kind, Optional.empty(), Optional.empty(), now);
        }
    }

    private static Kind kind(TreeEntry before, TreeEntry after) {
        if (isLink(before) || isLink(after)) {
            return Kind.SYMLINK;
        }
        return before.blob().equals(after.blob()) ? Kind.MODE_CHANGED : Kind.MODIFIED;
    }

    private static boolean isLink(TreeEntry entry) {
        return entry.type() == TreeEntry.Type.SYMLINK;
    }

    private void add(
            RelativePath path,
            Kind kind,
            Optional<RelativePath> from,
            Optional<TreeEntry> before,
            Optional<TreeEntry> after)
            throws IOException {
        var content = ContentKind.of(before, after, blobs);
        boolean counted =
                content == Content.TEXT
                        && before.filter(TreeComparison::isLink).isEmpty()
                        && after.filter(TreeComparison::isLink).isEmpty()
                        && !before.map(TreeEntry::blob).equals(after.map(TreeEntry::blob));
        var lines = counted ? TextChange.of(before, after, blobs).count() : NONE;
        changes.add(new Change(path, kind, from, before, after, content, lines));
    }
}
