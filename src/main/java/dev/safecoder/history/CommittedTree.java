package dev.safecoder.history;

import dev.safecoder.path.RelativePath;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;

/** One folder of a commit of the user's repository, open for reading as long as that is. */
public final class CommittedTree {
    private static final int TYPE_BITS = 0170000;
    private static final int FILE_BITS = 0100000;
    private static final int LINK_BITS = 0120000;
    private static final int EXECUTABLE_BIT = 0100;

    private final ProjectObjects objects;
    private final Map<RelativePath, Entry> entries = new TreeMap<>();

    /** What an entry is. */
    public enum Kind {
        FILE,
        EXECUTABLE,
        LINK,
        FOLDER,
        /** A submodule, or what only another git would know. */
        OTHER
    }

    /** An entry of a folder. */
    public static final class Entry {
        private final Kind kind;
        private final ObjectId id;

        private Entry(Kind kind, ObjectId id) {
            this.kind = kind;
            this.id = id;
        }

        public Kind kind() {
            return kind;
        }
    }

    CommittedTree(ProjectObjects objects, ObjectId id) throws IOException {
        this.objects = objects;
        for (var line : RawTree.parse(objects.bytes(id, GitObject.Type.TREE)).lines()) {
            // no change can be about a name that is none here
            if (RelativePath.parse(line.name().bytes())
                    instanceof RelativePath.Parsed.Valid(var name)) {
                entries.put(name, new Entry(kind(line.mode()), line.id()));
            }
        }
    }

    private static Kind kind(int mode) {
        return switch (mode & TYPE_BITS) {
            case FILE_BITS -> (mode & EXECUTABLE_BIT) != 0 ? Kind.EXECUTABLE : Kind.FILE;
            case LINK_BITS -> Kind.LINK;
            case RawTree.Line.FOLDER -> Kind.FOLDER;
            default -> Kind.OTHER;
        };
    }

    /** The entries by name. */
    public Map<RelativePath, Entry> entries() {
        return Map.copyOf(entries);
    }

    /** The folder that an entry is. */
    public CommittedTree open(Entry folder) throws IOException {
        return new CommittedTree(objects, folder.id);
    }

    /** The length of a file or of a link's target. */
    public long size(Entry entry) throws IOException {
        return objects.size(entry.id);
    }

    /** The content of a file, or a link's target. The caller closes it. */
    public InputStream content(Entry entry) throws IOException {
        return objects.open(entry.id).content();
    }
}
