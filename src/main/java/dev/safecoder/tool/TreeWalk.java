package dev.safecoder.tool;

import dev.safecoder.guest.Entry;
import dev.safecoder.guest.Guest;
import dev.safecoder.guest.ListAnswer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Walks a folder of the sandbox, folder by folder in the byte order of names, without following
 * links and without entering folders that hold what tools made. Asks the guest for one folder at a
 * time, so that whoever has seen enough can stop.
 */
final class TreeWalk {
    private static final Set<String> NOT_ENTERED =
            Set.of(
                    ".git",
                    ".hg",
                    ".svn",
                    "node_modules",
                    ".venv",
                    "venv",
                    "__pycache__",
                    ".tox",
                    ".mypy_cache",
                    ".pytest_cache",
                    ".gradle",
                    "target");
    private static final int MOST_IN_FOLDER = 20_000;
    private static final int MOST_ENTRIES = 200_000;

    private final Guest guest;
    private final int depth;
    private final Deque<Iterator<Entry>> open = new ArrayDeque<>();
    private final Deque<byte[]> folders = new ArrayDeque<>();
    private final Set<String> notEntered = new TreeSet<>();
    private int entries;
    private boolean cut;

    private TreeWalk(Guest guest, int depth) {
        this.guest = guest;
        this.depth = depth;
    }

    /** The walk, or why the folder cannot be walked. */
    sealed interface Started {
        record Walking(TreeWalk walk) implements Started {}

        /** The reason is a sentence. */
        record Refused(String reason) implements Started {}
    }

    /** One entry on the way. */
    record Step(byte[] path, Entry entry) {
        /** Its path without the first so many bytes, as patterns see it. */
        String after(int skipped) {
            return new String(path, skipped, path.length - skipped, StandardCharsets.UTF_8);
        }

        /** Its path as answers show it. */
        String shown() {
            return ShownName.of(path);
        }
    }

    /** Begins to walk; depth 1 is the folder's own entries. */
    static Started start(Guest guest, SandboxPath top, int depth) throws InterruptedException {
        return switch (guest.list(top.forGuest(), 1, MOST_IN_FOLDER)) {
            case ListAnswer.Refused(var errno, _) -> new Started.Refused(whyNot(top, errno));
            case ListAnswer.Listed(var inside, var complete) -> {
                var walk = new TreeWalk(guest, depth);
                walk.open(top.prefix(), inside, complete);
                yield new Started.Walking(walk);
            }
        };
    }

    private static String whyNot(SandboxPath top, int errno) {
        var why =
                errno == ErrorNumber.NO_FOLDER
                        ? "it is no folder, or behind a link, which is not followed here; use bash"
                        : ErrorNumber.say(errno);
        return "'%s' cannot be looked into: %s".formatted(top.shown(), why);
    }

    /** Folders are kept with the slash that names follow. */
    private void open(byte[] prefix, List<Entry> inside, boolean complete) {
        cut |= !complete;
        open.push(inside.iterator());
        folders.push(prefix);
    }

    /** The next entry; empty when there is none, or when enough have been seen. */
    Optional<Step> next() throws InterruptedException {
        while (!open.isEmpty()) {
            if (!open.element().hasNext()) {
                open.pop();
                folders.pop();
            } else if (entries++ < MOST_ENTRIES) {
                return Optional.of(step(open.element().next()));
            } else {
                cut = true;
                open.clear();
            }
        }
        return Optional.empty();
    }

    private Step step(Entry entry) throws InterruptedException {
        var name = new Name(entry.path());
        var path = name.in(folders.element());
        if (entry.kind() == Entry.Kind.FOLDER && open.size() < depth) {
            if (NOT_ENTERED.contains(name.text())) {
                notEntered.add(name.text());
            } else if (guest.list(path, 1, MOST_IN_FOLDER)
                    instanceof ListAnswer.Listed(var inside, var complete)) {
                var prefix = Arrays.copyOf(path, path.length + 1);
                prefix[path.length] = '/';
                open(prefix, inside, complete);
            }
        }
        return new Step(path, entry);
    }

    /** What the model must know of what was not looked at; empty when all was. */
    List<String> notes() {
        var notes = new ArrayList<String>();
        if (!notEntered.isEmpty()) {
            notes.add(
                    "Not entered: %s. Give one as path to look into it."
                            .formatted(String.join(", ", notEntered)));
        }
        if (cut) {
            notes.add("There is more than was looked at. Give a folder as path.");
        }
        return notes;
    }

    /** The last name of what a listing gives. */
    private record Name(byte[] path) {
        byte[] in(byte[] folder) {
            int start = path.length;
            while (start > 0 && path[start - 1] != '/') {
                start--;
            }
            var joined = new ByteArrayOutputStream();
            joined.writeBytes(folder);
            joined.write(path, start, path.length - start);
            return joined.toByteArray();
        }

        String text() {
            var text = new String(path, StandardCharsets.UTF_8);
            return text.substring(text.lastIndexOf('/') + 1);
        }
    }
}
