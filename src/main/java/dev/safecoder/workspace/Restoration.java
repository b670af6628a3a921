package dev.safecoder.workspace;

import dev.safecoder.change.BlobSource;
import dev.safecoder.change.TreeEntry;
import dev.safecoder.guest.Command;
import dev.safecoder.guest.CommandEnd;
import dev.safecoder.guest.CommandOutput;
import dev.safecoder.guest.Entry;
import dev.safecoder.guest.Guest;
import dev.safecoder.guest.ListAnswer;
import dev.safecoder.guest.WriteAnswer;
import dev.safecoder.guest.WriteRequest;
import dev.safecoder.path.RelativePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Puts what a session had made of a project into a new workspace over that project. Only the paths
 * that the session touched are written or removed; a folder goes only when it is empty, so that
 * nothing that the user put there since is taken for a deletion of the session's.
 */
public final class Restoration {
    private static final int MOST_ARGUMENTS = 200;
    private static final int MOST_FOLDERS = 10_000;
    private static final int MOST_DEPTH = 256;

    private final Guest guest;
    private final BlobSource blobs;
    private final Map<String, String> environment;

    /**
     * @param environment for the {@code rm} and {@code rmdir} of the sandbox
     */
    public Restoration(Guest guest, BlobSource blobs, Map<String, String> environment) {
        this.guest = guest;
        this.blobs = blobs;
        this.environment = Map.copyOf(environment);
    }

    /**
     * To be done before anything else runs inside.
     *
     * @param states every path that the session touched, with what it held at last
     * @throws WorkspaceException when the project has become so different that it cannot be done
     */
    public void restore(Map<RelativePath, Optional<TreeEntry>> states)
            throws IOException, InterruptedException {
        var there = kinds(List.copyOf(states.keySet()));
        // what is to be written goes, too: a link in its place would be followed
        run(
                List.of("rm", "-f", "--"),
                there.entrySet().stream()
                        .filter(it -> isFileOrLink(it.getValue()))
                        .map(Map.Entry::getKey)
                        .toList());
        for (var state : states.entrySet()) {
            if (state.getValue().isPresent()) {
                if (there.get(state.getKey()) == Entry.Kind.FOLDER) {
                    removeEmptied(state.getKey());
                }
                write(state.getKey(), state.getValue().get());
            }
        }
    }

    private Map<RelativePath, Entry.Kind> kinds(List<RelativePath> paths)
            throws InterruptedException {
        var kinds = new TreeMap<RelativePath, Entry.Kind>();
        for (int from = 0; from < paths.size(); from += MOST_ARGUMENTS) {
            var some = paths.subList(from, Math.min(paths.size(), from + MOST_ARGUMENTS));
            var entries = guest.stat(some.stream().map(RelativePath::bytes).toList());
            for (int at = 0; at < some.size(); at++) {
                kinds.put(some.get(at), entries.get(at).kind());
            }
        }
        return kinds;
    }

    private static boolean isFileOrLink(Entry.Kind kind) {
        return switch (kind) {
            case FILE, FILE_TOO_LARGE, FILE_UNREADABLE, SYMLINK -> true;
            case GONE, FOLDER, FOLDER_UNREADABLE, FIFO, SOCKET, CHARACTER_DEVICE, BLOCK_DEVICE ->
                    false;
        };
    }

    /** Where the session has a file and the project still the folder that it took the place of. */
    private void removeEmptied(RelativePath folder) throws InterruptedException {
        var folders = new ArrayList<>(List.of(folder));
        if (guest.list(folder.bytes(), MOST_DEPTH, MOST_FOLDERS)
                instanceof ListAnswer.Listed(var entries, _)) {
            for (var entry : entries) {
                if (!(RelativePath.parse(entry.path())
                                instanceof RelativePath.Parsed.Valid(var path))
                        || entry.kind() != Entry.Kind.FOLDER) {
                    throw WorkspaceException.cannotRestore(
                            folder.toString(), "the project has files below it now");
                }
                folders.add(path);
            }
        }
        folders.sort(Comparator.reverseOrder()); // what is below comes first
        run(List.of("rmdir", "--"), folders);
    }

    private void run(List<String> program, List<RelativePath> paths) throws InterruptedException {
        for (int from = 0; from < paths.size(); from += MOST_ARGUMENTS) {
            var arguments = new ArrayList<>(program);
            for (var path : paths.subList(from, Math.min(paths.size(), from + MOST_ARGUMENTS))) {
                arguments.add(
                        path.utf8()
                                .orElseThrow(
                                        () ->
                                                WorkspaceException.cannotRestore(
                                                        path.toString(),
                                                        "its name is not valid UTF-8")));
            }
            var command = Command.of(arguments, environment, "/workspace");
            if (!(guest.run(command, new Unheard()) instanceof CommandEnd.Exited(int code, _))
                    || code != 0) {
                throw WorkspaceException.cannotRestore(
                        arguments.get(program.size()),
                        "`%s` did not end well".formatted(program.getFirst()));
            }
        }
    }

    private void write(RelativePath path, TreeEntry entry)
            throws IOException, InterruptedException {
        try (var content = blobs.open(entry.blob())) {
            var request =
                    switch (entry.type()) {
                        case FILE -> file(path, 0644, entry.size());
                        case EXECUTABLE -> file(path, 0755, entry.size());
                        case SYMLINK ->
                                new WriteRequest(
                                        WriteRequest.Kind.SYMLINK,
                                        path.bytes(),
                                        OptionalInt.empty(),
                                        entry.size());
                    };
            if (guest.write(request, content) instanceof WriteAnswer.Refused(int errno, var step)) {
                throw WorkspaceException.cannotRestore(
                        path.toString(), "%s gave errno %d".formatted(step, errno));
            }
        }
    }

    private static WriteRequest file(RelativePath path, int mode, long size) {
        return new WriteRequest(WriteRequest.Kind.FILE, path.bytes(), OptionalInt.of(mode), size);
    }

    /** The programs have nothing to say but their exit code. */
    private static final class Unheard implements CommandOutput {
        @Override
        public void out(byte[] bytes) {}

        @Override
        public void err(byte[] bytes) {}
    }
}
