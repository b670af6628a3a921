package dev.safecoder.history;

import dev.safecoder.path.RelativePath;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One folder of a step's tree with everything below it, immutable and shared between the steps that
 * do not differ in it: what git calls a tree. Its id is known once it has been written.
 */
final class Folder implements Node {
    static final Folder EMPTY = new Folder(Map.of());

    private final Map<RelativePath, Node> children;
    private volatile @Nullable ObjectId id;

    /**
     * @param children by their one name; the map is kept and must not change any more
     */
    Folder(Map<RelativePath, Node> children) {
        this.children = children;
    }

    /** A folder that the repository holds under this id. */
    Folder(Map<RelativePath, Node> children, ObjectId id) {
        this.children = children;
        this.id = id;
    }

    Map<RelativePath, Node> children() {
        return children;
    }

    boolean isEmpty() {
        return children.isEmpty();
    }

    boolean isWritten() {
        return id != null;
    }

    ObjectId id() {
        var known = id;
        if (known == null) {
            throw new IllegalStateException("this folder has not been written");
        }
        return known;
    }

    void written(ObjectId as) {
        id = as;
    }

    /** Whether both hold the same; false when that is not known without looking into them. */
    boolean isKnownToEqual(Folder other) {
        return this == other || isWritten() && other.isWritten() && id().equals(other.id());
    }
}
