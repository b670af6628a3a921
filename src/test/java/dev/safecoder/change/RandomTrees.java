package dev.safecoder.change;

import dev.safecoder.path.RelativePath;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/** A tree and what an unfriendly agent may make of it, drawn from a seed. */
final class RandomTrees {
    private static final String[] NAMES = {
        "a", "b.txt", "c d", "tab\there", "line\nbreak", "quo\"te", "back\\slash", "ünï", "-rf",
        "$(touch x)", "\u001b[2J", "%s%n", "dir", "sub", "x", "trailing ", " leading", "\r",
    };

    private final Random random;
    private final MemoryBlobs blobs = new MemoryBlobs();
    private final Map<RelativePath, TreeEntry> before = new TreeMap<>();
    private final Map<RelativePath, TreeEntry> after = new TreeMap<>();

    RandomTrees(long seed) {
        random = new Random(seed);
        for (int file = random.nextInt(12); file >= 0; file--) {
            add(before, path(), entry());
        }
        after.putAll(before);
        for (int step = random.nextInt(10); step >= 0; step--) {
            change();
        }
    }

    Map<RelativePath, TreeEntry> before() {
        return before;
    }

    Map<RelativePath, TreeEntry> after() {
        return after;
    }

    MemoryBlobs blobs() {
        return blobs;
    }

    private void change() {
        if (after.isEmpty() || random.nextInt(4) == 0) {
            add(after, path(), entry());
            return;
        }
        var paths = List.copyOf(after.keySet());
        var path = paths.get(random.nextInt(paths.size()));
        var entry = Objects.requireNonNull(after.get(path));
        switch (random.nextInt(6)) {
            case 0 -> after.remove(path);
            case 1 -> after.put(path, entry());
            case 2 -> after.put(path, blobs.put(type(), blobs.bytes(entry.blob())));
            case 3 -> after.put(path, edited(entry));
            case 4 -> {
                after.remove(path);
                add(after, path(), edited(entry));
            }
            default -> {
                after.remove(path);
                add(after, path(), entry);
            }
        }
    }

    /** Whatever stands in the way of the path goes. */
    private static void add(Map<RelativePath, TreeEntry> tree, RelativePath path, TreeEntry entry) {
        tree.keySet().removeIf(other -> other.isWithin(path) || path.isWithin(other));
        tree.put(path, entry);
    }

    private RelativePath path() {
        var bytes = new ByteArrayOutputStream();
        for (int depth = random.nextInt(3); depth >= 0; depth--) {
            if (random.nextInt(15) == 0) {
                bytes.writeBytes(new byte[] {'b', (byte) 0xff, (byte) 0xfe});
            } else {
                var name = NAMES[random.nextInt(NAMES.length)];
                bytes.writeBytes(name.getBytes(StandardCharsets.UTF_8));
            }
            if (depth > 0) {
                bytes.write('/');
            }
        }
        return ((RelativePath.Parsed.Valid) RelativePath.parse(bytes.toByteArray())).path();
    }

    private TreeEntry entry() {
        return switch (random.nextInt(8)) {
            case 0 -> blobs.put(TreeEntry.Type.SYMLINK, ("to/" + random.nextInt(5)).getBytes());
            case 1 -> blobs.put(type(), new byte[0]);
            case 2 -> {
                var bytes = new byte[random.nextInt(300)];
                random.nextBytes(bytes);
                yield blobs.put(type(), bytes);
            }
            default -> blobs.put(type(), text(lines(random.nextInt(60))));
        };
    }

    private TreeEntry.Type type() {
        return random.nextInt(4) == 0 ? TreeEntry.Type.EXECUTABLE : TreeEntry.Type.FILE;
    }

    private List<String> lines(int count) {
        var lines = new ArrayList<String>();
        for (int line = 0; line < count; line++) {
            lines.add(line());
        }
        return lines;
    }

    private String line() {
        return switch (random.nextInt(5)) {
            case 0 -> "}";
            case 1 -> "";
            case 2 -> "    call(" + random.nextInt(1000) + ");";
            default -> "word " + random.nextInt(20);
        };
    }

    private byte[] text(List<String> lines) {
        var end = random.nextInt(6) == 0 ? "\r\n" : "\n";
        var text = String.join(end, lines) + (random.nextInt(4) == 0 ? "" : end);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private TreeEntry edited(TreeEntry entry) {
        if (entry.type() == TreeEntry.Type.SYMLINK) {
            return entry();
        }
        var text = new String(blobs.bytes(entry.blob()), StandardCharsets.ISO_8859_1);
        var lines = new ArrayList<>(List.of(text.split("\n")));
        for (int edit = random.nextInt(6); edit >= 0; edit--) {
            int at = random.nextInt(lines.size() + 1);
            if (at < lines.size() && random.nextBoolean()) {
                lines.remove(at);
            } else {
                lines.addAll(at, lines(random.nextInt(4)));
            }
        }
        var end = random.nextInt(4) == 0 ? "" : "\n";
        var changed = (String.join("\n", lines) + end).getBytes(StandardCharsets.ISO_8859_1);
        return blobs.put(random.nextInt(4) == 0 ? type() : entry.type(), changed);
    }
}
