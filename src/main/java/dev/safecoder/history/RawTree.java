package dev.safecoder.history;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * One folder of somebody else's commit, as git keeps it: names and modes that this program would
 * not write are kept as they are.
 */
final class RawTree {
    private static final int RAW_ID = 20;

    private final TreeMap<Name, Line> lines = new TreeMap<>();

    /** An entry. */
    record Line(int mode, Name name, ObjectId id) {
        static final int FOLDER = 040000;

        boolean isFolder() {
            return mode == FOLDER;
        }
    }

    /** A name, as raw bytes. */
    record Name(byte[] bytes) implements Comparable<Name> {
        @Override
        public int compareTo(Name other) {
            return Arrays.compareUnsigned(bytes, other.bytes);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Name name && Arrays.equals(bytes, name.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    static RawTree parse(byte[] tree) throws IOException {
        var parsed = new RawTree();
        for (int at = 0; at < tree.length; ) {
            int space = find(tree, at, ' ');
            int end = find(tree, space, 0);
            int next = end + 1 + RAW_ID;
            if (next > tree.length) {
                throw new IOException("a tree ends within an entry");
            }
            parsed.put(
                    new Line(
                            mode(new String(tree, at, space - at, StandardCharsets.US_ASCII)),
                            new Name(Arrays.copyOfRange(tree, space + 1, end)),
                            ObjectId.of(Arrays.copyOfRange(tree, end + 1, next))));
            at = next;
        }
        return parsed;
    }

    private static int mode(String octal) throws IOException {
        try {
            return Integer.parseInt(octal, 8);
        } catch (NumberFormatException wrong) {
            throw new IOException("a tree holds the mode '%s'".formatted(octal), wrong);
        }
    }

    private static int find(byte[] tree, int from, int wanted) throws IOException {
        for (int at = from; at < tree.length; at++) {
            if (tree[at] == wanted) {
                return at;
            }
        }
        throw new IOException("a tree ends within an entry");
    }

    Collection<Line> lines() {
        return lines.values();
    }

    Map<Name, Line> byName() {
        return lines;
    }

    void put(Line line) {
        lines.put(line.name(), line);
    }

    void remove(Name name) {
        lines.remove(name);
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** Git's form: a folder stands where its name with a slash would. */
    byte[] format() {
        var tree = new ByteArrayOutputStream();
        lines.values().stream()
                .sorted((one, other) -> Arrays.compareUnsigned(order(one), order(other)))
                .forEach(
                        line -> {
                            tree.writeBytes(ascii(Integer.toOctalString(line.mode()) + " "));
                            tree.writeBytes(line.name().bytes());
                            tree.write(0);
                            tree.writeBytes(line.id().raw());
                        });
        return tree.toByteArray();
    }

    private static byte[] order(Line line) {
        var name = line.name().bytes();
        if (!line.isFolder()) {
            return name;
        }
        var order = Arrays.copyOf(name, name.length + 1);
        order[name.length] = '/';
        return order;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
