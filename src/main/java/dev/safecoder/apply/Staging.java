package dev.safecoder.apply;

import dev.safecoder.path.RelativePath;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/**
 * The folder in the project's root, on the project's file system, where everything new is laid down
 * before the first step: from then on no step needs room.
 */
final class Staging implements Closeable {
    static final String PREFIX = ".safe-coder-apply-";
    private static final int PRIVATE_FOLDER = 0700;
    private static final int NEW_FILE = 0644;
    private static final int NEW_EXECUTABLE = 0755;
    private static final int NEW_FOLDER = 0755;

    private final HostFolder folder;

    /** Gives the content of a planned file. */
    @FunctionalInterface
    interface Contents {
        InputStream open(Step step) throws IOException;
    }

    private Staging(HostFolder folder) {
        this.folder = folder;
    }

    HostFolder folder() {
        return folder;
    }

    static Staging make(HostFolder root, RelativePath name) throws IOException {
        root.make(name, PRIVATE_FOLDER);
        return new Staging(root.open(name));
    }

    static Optional<Staging> find(HostFolder root, RelativePath name) throws IOException {
        var seen = root.look(name);
        return seen.isPresent() && seen.get().isFolder()
                ? Optional.of(new Staging(root.open(name)))
                : Optional.empty();
    }

    /**
     * Lays down what the plan's steps will put into place, and returns when it is on the disk.
     *
     * @param owner whose the new files will be
     */
    void fill(Plan plan, Contents contents, HostEntry owner) throws IOException {
        try (var written = new FileSyncs()) {
            for (var step : plan.steps()) {
                if (step.after().isPresent()) {
                    put(step, step.after().get(), contents, owner, written);
                }
            }
            written.settle();
        }
        folder.sync();
    }

    private void put(Step step, Held held, Contents contents, HostEntry owner, FileSyncs written)
            throws IOException {
        var slot = step.slot();
        switch (held) {
            case Held.Link link -> folder.link(slot, link.bytes());
            case Held.Folder(var rights) -> {
                folder.make(slot, NEW_FOLDER);
                var made = rightsOf(slot);
                var wanted = rights.orElse(new Rights(made.mode(), owner.uid(), owner.gid()));
                if (!wanted.equals(made)) {
                    folder.grant(slot, wanted);
                }
            }
            case Held.File file -> write(step, file, contents, owner, written);
        }
    }

    private void write(
            Step step, Held.File file, Contents contents, HostEntry owner, FileSyncs written)
            throws IOException {
        try (var content = contents.open(step)) {
            int mode = file.executable() ? NEW_EXECUTABLE : NEW_FILE;
            var made = written.create(folder, step.slot(), mode);
            var id = BlobDigest.read(content, file.size(), made::write);
            if (!id.equals(Optional.of(file.blob()))) {
                throw new ChangedMeanwhile(
                        step.path(), "the stored content is not the one that was accepted");
            }
            var rights = rightsOf(step.slot());
            var wanted = file.rights().orElse(new Rights(rights.mode(), owner.uid(), owner.gid()));
            if (!wanted.equals(rights)) {
                made.grant(wanted);
            }
        }
    }

    private Rights rightsOf(RelativePath slot) throws IOException {
        return folder.look(slot)
                .orElseThrow(() -> new NoSuchFileException(slot.toString()))
                .rights();
    }

    /** Deletes the folder and all that is in it. */
    void remove(HostFolder root, RelativePath name) throws IOException {
        for (var slot : folder.names()) {
            var seen = folder.look(slot);
            if (seen.isPresent() && seen.get().isFolder()) {
                folder.deleteFolder(slot);
            } else {
                folder.delete(slot);
            }
        }
        root.deleteFolder(name);
        root.sync();
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}
