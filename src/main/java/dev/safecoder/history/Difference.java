package dev.safecoder.history;

import dev.safecoder.change.BlobId;
import dev.safecoder.change.TreeEntry;
import dev.safecoder.history.Node.Leaf;
import dev.safecoder.path.RelativePath;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The files and links in which two trees differ; what both share is not looked into. */
final class Difference {
    /** Tells the length of a content. */
    interface Sizes {
        long of(BlobId blob) throws IOException;
    }

    private final Map<RelativePath, Leaf> before = new TreeMap<>();
    private final Map<RelativePath, Leaf> after = new TreeMap<>();

    private Difference() {}

    static Difference between(Folder before, Folder after) {
        var difference = new Difference();
        difference.compare(Optional.empty(), before, after);
        return difference;
    }

    /** What the tree before held at the paths that differ, in order. */
    Map<RelativePath, Leaf> before() {
        return before;
    }

    /** What the tree after holds there. */
    Map<RelativePath, Leaf> after() {
        return after;
    }

    static Map<RelativePath, TreeEntry> entries(Map<RelativePath, Leaf> leaves, Sizes sizes)
            throws IOException {
        var entries = new TreeMap<RelativePath, TreeEntry>();
        for (var leaf : leaves.entrySet()) {
            entries.put(leaf.getKey(), entry(leaf.getValue(), sizes));
        }
        return entries;
    }

    static TreeEntry entry(Leaf leaf, Sizes sizes) throws IOException {
        return new TreeEntry(leaf.type(), leaf.blob(), sizes.of(leaf.blob()));
    }

    private void compare(Optional<RelativePath> at, Folder old, Folder now) {
        if (old.isKnownToEqual(now)) {
            return;
        }
        var names = new HashSet<>(old.children().keySet());
        names.addAll(now.children().keySet());
        for (var name : names) {
            var path = at.map(above -> above.resolve(name)).orElse(name);
            compare(
                    path,
                    Optional.ofNullable(old.children().get(name)),
                    Optional.ofNullable(now.children().get(name)));
        }
    }

    private void compare(RelativePath path, Optional<Node> old, Optional<Node> now) {
        if (old.equals(now)) {
            return;
        }
        leaf(old).ifPresent(leaf -> before.put(path, leaf));
        leaf(now).ifPresent(leaf -> after.put(path, leaf));
        compare(Optional.of(path), folder(old), folder(now));
    }

    private static Optional<Leaf> leaf(Optional<Node> node) {
        return node.filter(Leaf.class::isInstance).map(Leaf.class::cast);
    }

    private static Folder folder(Optional<Node> node) {
        return node.filter(Folder.class::isInstance).map(Folder.class::cast).orElse(Folder.EMPTY);
    }
}
