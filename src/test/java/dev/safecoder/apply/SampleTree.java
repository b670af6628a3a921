package dev.safecoder.apply;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.safecoder.change.BlobId;
import dev.safecoder.change.BlobSource;
import dev.safecoder.change.Change;
import dev.safecoder.change.ChangeSet;
import dev.safecoder.change.TreeComparison;
import dev.safecoder.change.TreeEntry;
import dev.safecoder.path.RelativePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A tree of files, executables, links and folders as a value that tests write, read and compare.
 */
final class SampleTree {
    /** {@code mode} as git has it, with 040000 for a folder; {@code content} one char a byte. */
    record Node(int mode, String content) {}

    private final TreeMap<String, Node> nodes;

    SampleTree() {
        this(new TreeMap<>());
    }

    private SampleTree(TreeMap<String, Node> nodes) {
        this.nodes = nodes;
    }

    SampleTree file(String path, String content) {
        return with(path, new Node(0100644, content));
    }

    SampleTree executable(String path, String content) {
        return with(path, new Node(0100755, content));
    }

    SampleTree link(String path, String target) {
        return with(path, new Node(0120000, target));
    }

    SampleTree without(String path) {
        var copy = new TreeMap<>(nodes);
        copy.keySet().removeIf(name -> name.equals(path) || name.startsWith(path + "/"));
        return new SampleTree(copy);
    }

    SampleTree with(String path, Node node) {
        var copy = new TreeMap<>(nodes);
        copy.put(path, node);
        return new SampleTree(copy);
    }

    Map<String, Node> nodes() {
        return nodes;
    }

    /** The content of a file that is there. */
    String content(String path) {
        var node = nodes.get(path);
        if (node == null) {
            throw new AssertionError("no file at " + path);
        }
        return node.content();
    }

    /** Makes a folder hold just this. */
    void writeTo(Path root) throws IOException {
        for (var entry : nodes.entrySet()) {
            var path = root.resolve(entry.getKey());
            Files.createDirectories(path.getParent());
            var node = entry.getValue();
            if (node.mode() == 0120000) {
                Files.createSymbolicLink(path, Path.of(node.content()));
            } else {
                Files.write(path, node.content().getBytes(ISO_8859_1));
                var mode = node.mode() == 0100755 ? "rwxr-xr-x" : "rw-r--r--";
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
            }
        }
    }

    /** Everything below a folder: files and links, and folders that hold nothing. */
    static SampleTree readFrom(Path root) throws IOException {
        var nodes = new TreeMap<String, Node>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes seen)
                            throws IOException {
                        nodes.put(root.relativize(file).toString(), node(file, seen));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path folder, IOException broken)
                            throws IOException {
                        try (var inside = Files.list(folder)) {
                            if (inside.findAny().isEmpty() && !folder.equals(root)) {
                                nodes.put(root.relativize(folder).toString(), new Node(040000, ""));
                            }
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return new SampleTree(nodes);
    }

    private static Node node(Path file, BasicFileAttributes seen) throws IOException {
        if (seen.isSymbolicLink()) {
            return new Node(0120000, Files.readSymbolicLink(file).toString());
        }
        int mode = (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 0107777;
        return new Node(mode, new String(Files.readAllBytes(file), ISO_8859_1));
    }

    /** What differs, as the change package would say it; nothing is taken for a rename. */
    ChangeSet changesTo(SampleTree after) {
        var blobs = new HashMap<BlobId, byte[]>();
        var paths = new TreeSet<>(nodes.keySet());
        paths.addAll(after.nodes.keySet());
        var changes = new ArrayList<Change>();
        for (var path : paths) {
            var old = Optional.ofNullable(nodes.get(path)).map(node -> entry(node, blobs));
            var now = Optional.ofNullable(after.nodes.get(path)).map(node -> entry(node, blobs));
            if (!old.equals(now)) {
                changes.add(change(RelativePath.of(path), old, now));
            }
        }
        changes.sort((one, other) -> one.path().compareTo(other.path()));
        return new ChangeSet(changes, source(blobs));
    }

    /** The same as the change package does say it, renames included. */
    ChangeSet comparedTo(SampleTree after) throws IOException {
        var changes = changesTo(after);
        Map<RelativePath, TreeEntry> before = new HashMap<>();
        Map<RelativePath, TreeEntry> now = new HashMap<>();
        for (var change : changes.changes()) {
            change.before().ifPresent(entry -> before.put(change.path(), entry));
            change.after().ifPresent(entry -> now.put(change.path(), entry));
        }
        return TreeComparison.between(before, now, changes.blobs());
    }

    static Change change(RelativePath path, Optional<TreeEntry> before, Optional<TreeEntry> after) {
        var kind =
                before.isEmpty()
                        ? Change.Kind.ADDED
                        : after.isEmpty() ? Change.Kind.DELETED : Change.Kind.MODIFIED;
        return new Change(
                path,
                kind,
                Optional.empty(),
                before,
                after,
                Change.Content.TEXT,
                new Change.LineCount(0, 0));
    }

    private static TreeEntry entry(Node node, Map<BlobId, byte[]> blobs) {
        var content = node.content().getBytes(node.mode() == 0120000 ? UTF_8 : ISO_8859_1);
        var id = BlobDigest.of(content);
        blobs.put(id, content);
        var type =
                switch (node.mode()) {
                    case 0120000 -> TreeEntry.Type.SYMLINK;
                    case 0100755 -> TreeEntry.Type.EXECUTABLE;
                    default -> TreeEntry.Type.FILE;
                };
        return new TreeEntry(type, id, content.length);
    }

    private static BlobSource source(Map<BlobId, byte[]> blobs) {
        return new BlobSource() {
            @Override
            public byte[] bytes(BlobId id) throws IOException {
                var content = blobs.get(id);
                if (content == null) {
                    throw new NoSuchFileException(id.hex());
                }
                return content;
            }

            @Override
            public InputStream open(BlobId id) throws IOException {
                return new ByteArrayInputStream(bytes(id));
            }
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SampleTree tree && nodes.equals(tree.nodes);
    }

    @Override
    public int hashCode() {
        return nodes.hashCode();
    }

    @Override
    public String toString() {
        var text = new StringBuilder("\n");
        nodes.forEach(
                (path, node) ->
                        text.append(
                                "%o %s %s%n"
                                        .formatted(
                                                node.mode(),
                                                path,
                                                node.content().length() > 60
                                                        ? node.content().length() + " bytes"
                                                        : node.content())));
        return text.toString();
    }
}
