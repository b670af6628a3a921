package dev.safecoder.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The packs in which the chain was written anew, each with all commits and trees of its time. Such
 * a pack is marked by a file of its name in {@code chains/}, empty while the pack may go when a
 * newer one is there. A pack without a mark, as a user's {@code git gc} makes, is never touched.
 */
final class ChainPacks implements AutoCloseable {
    static final String FOLDER = "chains";

    private final Path marks;
    private final Path packs;

    /** The newest pack that this process made; readers may just have looked up the branch. */
    private String newest = "";

    private @Nullable List<PackReader> readers;

    ChainPacks(Path repository) {
        this.marks = repository.resolve(FOLDER);
        this.packs = repository.resolve("objects").resolve("pack");
    }

    /** A new pack, to be finished and then {@link #take taken}. */
    PackFile begin() throws IOException {
        return new PackFile(packs);
    }

    /** The branch has moved into this pack; those of older chains go, now or the next time. */
    void take(String pack) {
        try {
            Files.write(marks.resolve(pack), new byte[0]);
            dropOlderThan(pack);
        } catch (IOException later) {
            return; // the step is complete; what could not be deleted is found again by its mark
        }
        newest = pack;
    }

    private void dropOlderThan(String pack) throws IOException {
        for (var name : marked()) {
            boolean mayGo = Files.size(marks.resolve(name)) == 0;
            if (mayGo && !name.equals(pack) && !name.equals(newest)) {
                Files.deleteIfExists(packs.resolve(name + ".idx"));
                Files.deleteIfExists(packs.resolve(name + ".pack"));
                Files.deleteIfExists(marks.resolve(name));
            }
        }
    }

    /** From now on the packs of today are needed for good. */
    void keepAll() throws IOException {
        for (var name : marked()) {
            Files.writeString(marks.resolve(name), "kept\n");
        }
    }

    private List<String> marked() throws IOException {
        try (var found = Files.list(marks)) {
            return found.map(mark -> mark.getFileName().toString()).toList();
        }
    }

    /** The object, when one of these packs has it. */
    synchronized Optional<GitObject> open(ObjectId id) throws IOException {
        if (readers == null) {
            readers = readers();
        }
        for (var reader : readers) {
            var object = reader.open(id);
            if (object.isPresent()) {
                return object;
            }
        }
        return Optional.empty();
    }

    private List<PackReader> readers() throws IOException {
        var found = new ArrayList<PackReader>();
        for (var name : marked()) {
            try {
                found.add(new PackReader(packs, name));
            } catch (NoSuchFileException gone) {
                continue; // by a git gc, or by a newer chain: it is to be had elsewhere
            }
        }
        return found;
    }

    @Override
    public synchronized void close() {
        if (readers != null) {
            readers.forEach(PackReader::close);
        }
    }
}
