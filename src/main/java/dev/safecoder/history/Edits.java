package dev.safecoder.history;

import dev.safecoder.history.Node.Leaf;
import dev.safecoder.path.RelativePath;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is to become of some paths below one folder, ready to be applied to many versions of that
 * folder; versions that are the same object are edited once.
 */
final class Edits {
    /** What an edit does where it meets something else. */
    enum Rule {
        /** The edits hold: a file takes the place of a folder with all that is in it. */
        SET,
        /** Only what is missing is put in; whatever is there, or stands in the way, stays. */
        FILL
    }

    private final Rule rule;
    private final Map<RelativePath, Optional<Leaf>> leaves = new HashMap<>();
    private final Map<RelativePath, Edits> folders = new HashMap<>();
    private final Map<Folder, Folder> done = new IdentityHashMap<>();

    private Edits(Rule rule) {
        this.rule = rule;
    }

    /**
     * @param leaves by whole path what is to be there; empty: no file or link is there, though
     *     there may be a folder
     * @throws HistoryException when a path is said to be a file and to hold one
     */
    static Edits of(Rule rule, Map<RelativePath, Optional<Leaf>> leaves) {
        var edits = new Edits(rule);
        leaves.forEach(edits::add);
        leaves.forEach(
                (path, leaf) -> {
                    if (leaf.isPresent()) {
                        refuseFileAbove(path, leaves);
                    }
                });
        return edits;
    }

    private static void refuseFileAbove(
            RelativePath path, Map<RelativePath, Optional<Leaf>> leaves) {
        for (var up = path.parent(); up.isPresent(); up = up.get().parent()) {
            if (leaves.getOrDefault(up.get(), Optional.empty()).isPresent()) {
                throw HistoryException.contradiction(up.get());
            }
        }
    }

    private void add(RelativePath path, Optional<Leaf> leaf) {
        var at = this;
        var names = path.names();
        for (var name : names.subList(0, names.size() - 1)) {
            at = at.folders.computeIfAbsent(name, _ -> new Edits(rule));
        }
        at.leaves.put(names.getLast(), leaf);
    }

    /** The folder after the edits; the same object when they change nothing in it. */
    Folder applyTo(Folder folder) {
        var known = done.get(folder);
        if (known != null) {
            return known;
        }
        var children = new HashMap<>(folder.children());
        leaves.forEach((name, leaf) -> editLeaf(children, name, leaf));
        folders.forEach((name, below) -> editFolder(children, name, below));
        var edited = children.equals(folder.children()) ? folder : new Folder(children);
        done.put(folder, edited);
        return edited;
    }

    private void editLeaf(
            Map<RelativePath, Node> children, RelativePath name, Optional<Leaf> leaf) {
        var now = children.get(name);
        if (leaf.isPresent()) {
            if (rule == Rule.SET || now == null) {
                children.put(name, leaf.get());
            }
        } else if (rule == Rule.SET && now instanceof Leaf) {
            children.remove(name);
        }
    }

    private void editFolder(Map<RelativePath, Node> children, RelativePath name, Edits below) {
        var now = children.get(name);
        if (now instanceof Leaf && rule == Rule.FILL) {
            return;
        }
        var edited = below.applyTo(now instanceof Folder folder ? folder : Folder.EMPTY);
        if (!edited.isEmpty()) {
            children.put(name, edited);
        } else if (now instanceof Folder) {
            children.remove(name);
        }
    }
}
