package dev.safecoder.history;

import dev.safecoder.change.BlobId;
import dev.safecoder.change.TreeEntry;
import dev.safecoder.path.RelativePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Git's form of a folder: for each child, in order, its mode, its name and its id. Reads folders
 * with all below them, each once.
 */
final class Trees {
    private static final String FOLDER_MODE = "40000";
    private static final int RAW_ID = 20;

    private final BareRepository repository;
    private final Map<ObjectId, Folder> read = new HashMap<>();

    Trees(BareRepository repository) {
        this.repository = repository;
    }

    /** Writes the folder down; all folders in it have been written. */
    static byte[] format(Folder folder) {
        record Line(byte[] name, byte[] order, Node node) {}
        var tree = new ByteArrayOutputStream();
        folder.children().entrySet().stream()
                .map(
                        child -> {
                            var name = child.getKey().bytes();
                            return new Line(name, order(name, child.getValue()), child.getValue());
                        })
                .sorted((one, other) -> Arrays.compareUnsigned(one.order, other.order))
                .forEach(
                        line -> {
                            tree.writeBytes(ascii(mode(line.node) + " "));
                            tree.writeBytes(line.name);
                            tree.write(0);
                            tree.writeBytes(id(line.node).raw());
                        });
        return tree.toByteArray();
    }

    /** Git orders a folder as if its name ended in a slash. */
    private static byte[] order(byte[] name, Node node) {
        if (node instanceof Node.Leaf) {
            return name;
        }
        var order = Arrays.copyOf(name, name.length + 1);
        order[name.length] = '/';
        return order;
    }

    private static String mode(Node node) {
        return switch (node) {
            case Folder _ -> FOLDER_MODE;
            case Node.Leaf(var type, _) -> Integer.toOctalString(type.gitMode());
        };
    }

    private static ObjectId id(Node node) {
        return switch (node) {
            case Folder folder -> folder.id();
            case Node.Leaf(_, var blob) -> new ObjectId(blob.hex());
        };
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads a folder with all below it. */
    Folder read(ObjectId id) throws IOException {
        var known = read.get(id);
        if (known != null) {
            return known;
        }
        var children = new HashMap<RelativePath, Node>();
        var tree = repository.bytes(id);
        int at = 0;
        while (at < tree.length) {
            int space = find(tree, at, ' ');
            int end = find(tree, space, 0);
            var mode = new String(tree, at, space - at, StandardCharsets.US_ASCII);
            at = end + 1 + RAW_ID;
            if (at > tree.length) {
                throw new IOException("a tree ends within an entry");
            }
            var child = ObjectId.of(Arrays.copyOfRange(tree, end + 1, at));
            children.put(
                    name(Arrays.copyOfRange(tree, space + 1, end)),
                    mode.equals(FOLDER_MODE)
                            ? read(child)
                            : new Node.Leaf(type(mode), new BlobId(child.hex())));
        }
        var folder = new Folder(children, id);
        read.put(id, folder);
        return folder;
    }

    private static int find(byte[] tree, int from, int wanted) throws IOException {
        for (int at = from; at < tree.length; at++) {
            if (tree[at] == wanted) {
                return at;
            }
        }
        throw new IOException("a tree ends within an entry");
    }

    private static RelativePath name(byte[] name) throws IOException {
        return switch (RelativePath.parse(name)) {
            case RelativePath.Parsed.Valid(var path) -> path;
            case RelativePath.Parsed.Invalid(var reason) ->
                    throw new IOException("a name in a tree is wrong: " + reason);
        };
    }

    private static TreeEntry.Type type(String mode) throws IOException {
        for (var type : TreeEntry.Type.values()) {
            if (mode.equals(Integer.toOctalString(type.gitMode()))) {
                return type;
            }
        }
        throw new IOException("a tree holds the mode " + mode);
    }
}
