package dev.safecoder.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes trees and edits of them by chance, the same for the same seed. */
final class RandomTree {
    private static final List<String> NAMES = List.of("a", "b", "c d", "\u00e9", "x.txt");

    private final Random random;

    RandomTree(int seed) {
        this.random = new Random(seed);
    }

    SampleTree tree() {
        var tree = new SampleTree();
        for (int file = random.nextInt(25); file > 0; file--) {
            tree = withOneAt(tree, path());
        }
        return tree;
    }

    private String path() {
        var path = new StringBuilder(name());
        for (int depth = random.nextInt(4); depth > 0; depth--) {
            path.append('/').append(name());
        }
        return path.toString();
    }

    private String name() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    /** Whatever was at, above or below the path makes room. */
    private SampleTree withOneAt(SampleTree tree, String path) {
        var room = tree.without(path);
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            var above = path.substring(0, slash);
            if (room.nodes().containsKey(above)) {
                room = room.without(above);
            }
        }
        return switch (random.nextInt(6)) {
            case 0 -> room.executable(path, text(random, 20));
            case 1 -> room.file(path, "\0binary" + random.nextInt(100));
            case 2 -> room.file(path, "");
            default -> room.file(path, text(random, 20));
        };
    }

    SampleTree edited(SampleTree tree) {
        var edited = tree;
        for (int edit = random.nextInt(15); edit > 0; edit--) {
            var paths = new ArrayList<>(edited.nodes().keySet());
            if (paths.isEmpty() || random.nextInt(3) == 0) {
                edited = withOneAt(edited, path());
                continue;
            }
            var path = paths.get(random.nextInt(paths.size()));
            var content = edited.content(path);
            edited =
                    switch (random.nextInt(6)) {
                        case 0 -> edited.without(path);
                        case 1 -> edited.executable(path, content);
                        case 2 -> withOneAt(edited.without(path), path());
                        case 3 -> moved(edited, path, content);
                        case 4 -> moved(edited, path, editedText(random, edited, path));
                        default -> edited.file(path, editedText(random, edited, path));
                    };
        }
        return edited;
    }

    /** The same under another name, perhaps in the place of what was there. */
    private SampleTree moved(SampleTree tree, String path, String content) {
        var to = path();
        var made = withOneAt(tree.without(path), to);
        return random.nextInt(4) == 0 ? made.executable(to, content) : made.file(to, content);
    }

    /** New files in old and new folders, and old files with another content altogether. */
    SampleTree withFilesOfTheUser(SampleTree tree) {
        var host = tree;
        for (var path : tree.nodes().keySet()) {
            if (random.nextInt(5) == 0) {
                host = host.with(path, new SampleTree.Node(0100644, "\0mine " + random.nextInt()));
            }
            int slash = path.lastIndexOf('/');
            if (slash > 0 && random.nextInt(5) == 0) {
                host = host.file(path.substring(0, slash) + "/of the user", "mine\n");
            }
        }
        return host.file("folder of the user/file", "mine\n");
    }

    static String text(Random random, int most) {
        var text = new StringBuilder();
        for (int line = random.nextInt(most); line > 0; line--) {
            text.append("line ").append(random.nextInt(1_000_000)).append('\n');
        }
        return text.toString();
    }

    static String editedText(Random random, SampleTree tree, String path) {
        var lines = new ArrayList<>(tree.content(path).lines().toList());
        for (int edit = 1 + random.nextInt(5); edit > 0; edit--) {
            int at = lines.isEmpty() ? 0 : random.nextInt(lines.size());
            if (lines.isEmpty() || random.nextBoolean()) {
                lines.add(at, "new " + random.nextInt(1_000_000));
            } else {
                lines.remove(at);
            }
        }
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
