package dev.safecoder.history;

import dev.safecoder.change.TreeEntry;
import dev.safecoder.path.RelativePath;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What changes in a folder of a commit, and in those below; everything else stays as it is. */
final class TreeEdits {
    private final Map<RelativePath, Optional<RawTree.Line>> here = new TreeMap<>();
    private final Map<RelativePath, TreeEdits> below = new TreeMap<>();

    void put(RelativePath path, TreeEntry.Type type, ObjectId blob) {
        var folder = folderOf(path);
        folder.here.put(
                path.name(), Optional.of(new RawTree.Line(type.gitMode(), raw(path), blob)));
    }

    void remove(RelativePath path) {
        folderOf(path).here.putIfAbsent(path.name(), Optional.empty());
    }

    private TreeEdits folderOf(RelativePath path) {
        var names = path.names();
        var folder = this;
        for (var name : names.subList(0, names.size() - 1)) {
            folder = folder.below.computeIfAbsent(name, _ -> new TreeEdits());
        }
        return folder;
    }

    private static RawTree.Name raw(RelativePath path) {
        return new RawTree.Name(path.name().bytes());
    }

    /**
     * Writes the folder down as it becomes.
     *
     * @param before the folder; empty when there was none
     * @return empty when nothing is left in it
     */
    Optional<ObjectId> over(Optional<ObjectId> before, ProjectObjects objects) throws IOException {
        var tree =
                RawTree.parse(
                        before.isEmpty()
                                ? new byte[0]
                                : objects.bytes(before.get(), GitObject.Type.TREE));
        here.keySet().forEach(name -> removeFile(tree, raw(name)));
        for (var folder : below.entrySet()) {
            var name = raw(folder.getKey());
            var old = Optional.ofNullable(tree.byName().get(name)).filter(RawTree.Line::isFolder);
            var now = folder.getValue().over(old.map(RawTree.Line::id), objects);
            tree.remove(name);
            now.ifPresent(id -> tree.put(new RawTree.Line(RawTree.Line.FOLDER, name, id)));
        }
        for (var line : here.values().stream().flatMap(Optional::stream).toList()) {
            tree.put(line);
        }
        return tree.isEmpty()
                ? Optional.empty()
                : Optional.of(objects.put(GitObject.Type.TREE, tree.format()));
    }

    private static void removeFile(RawTree tree, RawTree.Name name) {
        var line = tree.byName().get(name);
        if (line != null && !line.isFolder()) {
            tree.remove(name);
        }
    }
}
