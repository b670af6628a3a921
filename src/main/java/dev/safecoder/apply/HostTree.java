package dev.safecoder.apply;

import dev.safecoder.change.BlobId;
import dev.safecoder.path.RelativePath;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/** A project's tree, reached from its root one name at a time without following a link. */
final class HostTree implements Closeable {
    private final HostFolder root;

    HostTree(HostFolder root) {
        this.root = root;
    }

    HostFolder root() {
        return root;
    }

    /** Where a path leads. */
    sealed interface Reached {
        /** Its folder is there; the caller closes the place. */
        record There(Place place) implements Reached {}

        /** Its folder is not there. */
        record NoFolder() implements Reached {}

        /** On the way lies something that is no folder. */
        record Blocked(RelativePath at, HostEntry.Kind by) implements Reached {}
    }

    /** A name in an open folder. */
    record Place(HostFolder folder, RelativePath name, boolean isRoot) implements Closeable {
        Optional<HostEntry> look() throws IOException {
            return folder.look(name);
        }

        /** The content of a file that is small enough to be merged. */
        byte[] text() throws IOException {
            try (var content = folder.read(name)) {
                return content.readNBytes((int) Merger.MOST_BYTES);
            }
        }

        @Override
        public void close() throws IOException {
            if (!isRoot) {
                folder.close();
            }
        }
    }

    Reached reach(RelativePath path) throws IOException {
        var names = path.names();
        var here = root;
        boolean arrived = false;
        try {
            for (var name : names.subList(0, names.size() - 1)) {
                var next = here.open(name);
                closeUnlessRoot(here);
                here = next;
            }
            arrived = true;
            return new Reached.There(new Place(here, path.name(), here == root));
        } catch (NoSuchFileException missing) {
            return new Reached.NoFolder();
        } catch (NotDirectoryException blocked) {
            return blockedOn(path);
        } finally {
            if (!arrived) {
                closeUnlessRoot(here);
            }
        }
    }

    private void closeUnlessRoot(HostFolder folder) throws IOException {
        if (folder != root) {
            folder.close();
        }
    }

    /** Looks again for the first thing on the way that is no folder. */
    private Reached blockedOn(RelativePath path) throws IOException {
        var names = path.names();
        Optional<RelativePath> above = Optional.empty();
        for (var name : names.subList(0, names.size() - 1)) {
            var here = above.map(folder -> folder.resolve(name)).orElse(name);
            if (reach(here) instanceof Reached.There(var place)) {
                try (place) {
                    var seen = place.look();
                    if (seen.isPresent() && !seen.get().isFolder()) {
                        return new Reached.Blocked(here, seen.get().kind());
                    }
                }
            }
            above = Optional.of(here);
        }
        return new Reached.NoFolder();
    }

    /**
     * The place of a path whose folder must be there.
     *
     * @throws IOException when it is not
     */
    Place at(RelativePath path) throws IOException {
        return switch (reach(path)) {
            case Reached.There(var place) -> place;
            case Reached.NoFolder _ -> throw new NoSuchFileException(path.toString());
            case Reached.Blocked(var at, _) -> throw new NotDirectoryException(at.toString());
        };
    }

    /** What is at a path; empty when its folder is not there either. */
    Optional<HostEntry> look(RelativePath path) throws IOException {
        if (reach(path) instanceof Reached.There(var place)) {
            try (place) {
                return place.look();
            }
        }
        return Optional.empty();
    }

    /**
     * The id of a file's content.
     *
     * @return empty when it changed while it was read
     */
    static Optional<BlobId> blob(HostFolder folder, RelativePath name, HostEntry seen)
            throws IOException {
        try (var content = folder.read(name)) {
            return BlobDigest.read(content, seen.size(), (_, _) -> {});
        }
    }

    /** Whether a name holds just this, rights aside; the executable bit counts if it matters. */
    static boolean holds(HostFolder folder, RelativePath name, Held held, boolean bitMatters)
            throws IOException {
        var seen = folder.look(name);
        if (seen.isEmpty()) {
            return false;
        }
        return switch (held) {
            case Held.Folder _ -> seen.get().isFolder();
            case Held.Link link ->
                    seen.get().kind() == HostEntry.Kind.LINK
                            && Held.Link.of(folder.target(name)).equals(link);
            case Held.File file ->
                    seen.get().kind() == HostEntry.Kind.FILE
                            && seen.get().size() == file.size()
                            && (!bitMatters || seen.get().isExecutable() == file.executable())
                            && blob(folder, name, seen.get()).equals(Optional.of(file.blob()));
        };
    }

    @Override
    public void close() throws IOException {
        root.close();
    }
}
