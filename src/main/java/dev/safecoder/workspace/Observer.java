package dev.safecoder.workspace;

import dev.safecoder.change.PathState;
import dev.safecoder.change.TreeEntry;
import dev.safecoder.guest.Entry;
import dev.safecoder.guest.Guest;
import dev.safecoder.guest.ScanAnswer;
import dev.safecoder.guest.ScanRequest;
import dev.safecoder.path.GitNames;
import dev.safecoder.path.RelativePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Turns what the guest says into path states, remembering what it said before. Everything the guest
 * says is checked here; a path that cannot be taken out is refused and named, and never stops the
 * rest. Not thread-safe: one look at a time.
 */
public final class Observer {
    private final Guest guest;
    private final Originals originals;
    private final Masks masks;
    private final ContentStore store;
    private final ScanBudget budget;

    /** Every path touched so far with what it held at the last look. */
    private final Map<RelativePath, Optional<TreeEntry>> known = new HashMap<>();

    /** The guest may count as told what we never took in; the next look asks for everything. */
    private boolean lastLookFailed;

    private final Map<RelativePath, String> unknown = new TreeMap<>();
    private final Map<String, Refusal> refusals = new LinkedHashMap<>();

    public Observer(
            Guest guest, Originals originals, Masks masks, ContentStore store, ScanBudget budget) {
        this.guest = guest;
        this.originals = originals;
        this.masks = masks;
        this.store = new BoundedStore(store, BoundedStore.MOST_BYTES);
        this.budget = budget;
    }

    /**
     * Stops every process in the sandbox, looks, and lets them go on.
     *
     * @param extent {@code DELTA} trusts inode and change time, {@code FULL} reads every candidate
     * @throws WorkspaceException when more changed than the budget allows; nothing is remembered
     *     then
     */
    public Observation look(ScanRequest.Extent extent) throws IOException, InterruptedException {
        var safeExtent = lastLookFailed ? ScanRequest.Extent.FULL : extent;
        lastLookFailed = true;
        var seen = new Look(safeExtent == ScanRequest.Extent.FULL);
        try (var _ = guest.freeze()) {
            switch (guest.scan(budget.request(safeExtent), seen::take)) {
                case ScanAnswer.Scanned _ -> {}
                case ScanAnswer.OverBudget(var what) -> throw WorkspaceException.overBudget(what);
                case ScanAnswer.Refused(int errno, var step) ->
                        throw WorkspaceException.cannotScan(errno, step);
            }
            for (var path :
                    new HiddenFolders(guest, originals)
                            .goneBelow(seen.folders, path -> isAccountedFor(path, seen))) {
                if (!masks.hides(path)) {
                    seen.states.putIfAbsent(path, Optional.empty());
                }
            }
        }
        var observation = seen.finish();
        lastLookFailed = false;
        return observation;
    }

    private boolean isAccountedFor(RelativePath path, Look seen) {
        return seen.states.containsKey(path) || known.containsKey(path);
    }

    /** The paths whose original is unknown, with the reason. */
    public Map<RelativePath, String> unknown() {
        return Map.copyOf(unknown);
    }

    /** Takes up where another process left off: what the history holds at the touched paths. */
    public void remember(Map<RelativePath, Optional<TreeEntry>> touched) {
        known.putAll(touched);
    }

    /** One scan while it comes in. */
    private final class Look {
        private final Map<RelativePath, Optional<TreeEntry>> states = new TreeMap<>();
        private final List<RelativePath> folders = new ArrayList<>();
        private final Map<String, Refusal> refused = new LinkedHashMap<>();

        Look(boolean everything) {
            if (!everything) {
                refused.putAll(refusals);
            }
        }

        void take(Entry entry, InputStream content) throws IOException {
            switch (RelativePath.parse(entry.path())) {
                case RelativePath.Parsed.Invalid(var reason) ->
                        refuse(entry, "its path is not acceptable: " + reason);
                case RelativePath.Parsed.Valid(var path) -> {
                    if (mayLeave(path, entry)) {
                        takeValid(path, entry, content);
                    }
                }
            }
        }

        private boolean mayLeave(RelativePath path, Entry entry) {
            var git = GitNames.folderOf(path);
            if (git.isPresent()) {
                boolean projectsOwn = !(originals.at(git.get()) instanceof Original.Absent);
                if (!projectsOwn && entry.kind() != Entry.Kind.GONE) {
                    refuse(git.get().bytes(), "git's own folders never leave the sandbox");
                }
                return false;
            }
            if (!masks.hides(path)) {
                return true;
            }
            if (entry.kind() == Entry.Kind.GONE || entry.kind() == Entry.Kind.FOLDER) {
                return false;
            }
            boolean hidesProjects = !(originals.at(path) instanceof Original.Absent);
            if (hidesProjects) {
                refuse(entry, "the project has a file here that the sandbox may not see");
            }
            return !hidesProjects;
        }

        private void takeValid(RelativePath path, Entry entry, InputStream content)
                throws IOException {
            refused.remove(path.toString());
            switch (entry.kind()) {
                case GONE -> gone(path);
                case FILE -> put(path, fileType(entry), content);
                case SYMLINK -> put(path, TreeEntry.Type.SYMLINK, content);
                case FOLDER -> {
                    folders.add(path);
                    states.put(path, Optional.empty());
                }
                case FIFO -> refuse(entry, "it is a named pipe");
                case SOCKET -> refuse(entry, "it is a socket");
                case CHARACTER_DEVICE, BLOCK_DEVICE -> refuse(entry, "it is a device");
                case FILE_TOO_LARGE ->
                        refuse(entry, "it is larger than %d bytes".formatted(budget.fileBytes()));
                case FILE_UNREADABLE -> refuse(entry, "it cannot be read");
                case FOLDER_UNREADABLE -> refuse(entry, "it is too deep or cannot be read");
            }
        }

        private void put(RelativePath path, TreeEntry.Type type, InputStream content)
                throws IOException {
            if (originals.at(path) instanceof Original.Folder) {
                goneFolder(path);
            }
            states.put(path, Optional.of(store.store(type, content)));
        }

        private void gone(RelativePath path) throws IOException {
            if (originals.at(path) instanceof Original.Folder) {
                goneFolder(path);
            }
            states.put(path, Optional.empty());
        }

        private void goneFolder(RelativePath folder) throws IOException {
            for (var file : originals.filesBelow(folder)) {
                if (!masks.hides(file)) {
                    states.putIfAbsent(file, Optional.empty());
                }
            }
        }

        private void refuse(Entry entry, String reason) {
            refuse(entry.path(), reason);
        }

        private void refuse(byte[] path, String reason) {
            var key = java.util.HexFormat.of().formatHex(path);
            refused.put(
                    switch (RelativePath.parse(path)) {
                        case RelativePath.Parsed.Valid(var valid) -> valid.toString();
                        case RelativePath.Parsed.Invalid _ -> key;
                    },
                    new Refusal(path, reason));
        }

        /** Keeps what is new, with the originals of what was never touched before. */
        Observation finish() throws IOException {
            var firsts = new ArrayList<PathState>();
            var changed = new ArrayList<PathState>();
            for (var state : states.entrySet()) {
                var path = state.getKey();
                if (!known.containsKey(path)) {
                    var before = original(path);
                    if (before.equals(state.getValue()) && !unknown.containsKey(path)) {
                        continue;
                    }
                    firsts.add(new PathState(path, before));
                } else if (state.getValue().equals(known.get(path))) {
                    continue;
                }
                known.put(path, state.getValue());
                changed.add(new PathState(path, state.getValue()));
            }
            refusals.clear();
            refusals.putAll(refused);
            return new Observation(firsts, changed, unknown, List.copyOf(refusals.values()));
        }

        private Optional<TreeEntry> original(RelativePath path) throws IOException {
            return switch (originals.at(path)) {
                case Original.Absent _, Original.Folder _ -> Optional.empty();
                case Original.Link(var target) ->
                        Optional.of(
                                store.store(
                                        TreeEntry.Type.SYMLINK, new ByteArrayInputStream(target)));
                case Original.File(var host, boolean executable, _) -> {
                    try (var content = Files.newInputStream(host)) {
                        yield Optional.of(store.store(type(executable), content));
                    }
                }
                case Original.Unknown(var reason) -> {
                    unknown.put(path, reason);
                    yield Optional.empty();
                }
            };
        }
    }

    private static TreeEntry.Type fileType(Entry entry) {
        return type((entry.mode() & 0100) != 0);
    }

    private static TreeEntry.Type type(boolean executable) {
        return executable ? TreeEntry.Type.EXECUTABLE : TreeEntry.Type.FILE;
    }
}
