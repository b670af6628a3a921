package dev.safecoder.apply;

import dev.safecoder.path.RelativePath;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One apply on disk, in a folder of its own: the plan, the contents that would be overwritten or
 * deleted, and how far it came. A state that has been entered survives a loss of power.
 */
final class Journal implements Closeable {
    private static final RelativePath PLAN = RelativePath.of("plan.json");
    private static final RelativePath STATE = RelativePath.of("state");
    private static final RelativePath UNDONE = RelativePath.of("undone");
    private static final RelativePath NEW = RelativePath.of("new");
    private static final int PRIVATE_FILE = 0600;
    private static final int PRIVATE_FOLDER = 0700;

    /** How far an apply came; the names are in the file. */
    enum State {
        /** Nothing has moved in the project; what lies in the staging folder is of no use. */
        PREPARED,
        /** Everything new waits in the staging folder; any of the steps may be done. */
        COMMITTED,
        /** Every step is done; the staging folder may still be there. */
        DONE,
        /** The staging folder is gone; what is left is for an undo. */
        FINISHED,
        /** All was taken back but what somebody else wrote to; the staging folder may be there. */
        TAKEN_BACK,
        /** Not to be undone; what is left holds what the paths that were left alone held before. */
        ABANDONED;

        /** Whether nothing is left to be done about it. */
        boolean isFinal() {
            return this == FINISHED || this == ABANDONED;
        }
    }

    private final HostFolder folder;
    private Optional<KeptContents> contents;

    private Journal(HostFolder folder, Optional<KeptContents> contents) {
        this.folder = folder;
        this.contents = contents;
    }

    static Journal make(HostFolder parent, RelativePath name) throws IOException {
        parent.make(name, PRIVATE_FOLDER);
        parent.sync();
        var folder = parent.open(name);
        return new Journal(folder, Optional.of(KeptContents.make(folder)));
    }

    /** Opens a journal that {@link #make} made; empty when it never came to hold a state. */
    static Optional<Journal> open(HostFolder parent, RelativePath name) throws IOException {
        var folder = parent.open(name);
        if (folder.look(STATE).isEmpty()) {
            folder.close();
            return Optional.empty();
        }
        return Optional.of(new Journal(folder, Optional.empty()));
    }

    /** Deletes a journal's folder, whatever it holds. */
    static void remove(HostFolder parent, RelativePath name) throws IOException {
        try (var folder = parent.open(name)) {
            // the state goes first: without it the rest counts as never begun
            if (folder.look(STATE).isPresent()) {
                folder.delete(STATE);
                folder.sync();
            }
            for (var file : folder.names()) {
                folder.delete(file);
            }
        }
        parent.deleteFolder(name);
    }

    /** What is kept; the journal that was made just now takes more, until {@link #prepare}. */
    KeptContents contents() throws IOException {
        if (contents.isEmpty()) {
            contents = Optional.of(KeptContents.open(folder));
        }
        return contents.get();
    }

    /** Writes the plan down and enters {@link State#PREPARED}. */
    void prepare(Plan plan) throws IOException {
        contents().settle();
        write(PLAN, JournalFormat.write(plan));
        enter(State.PREPARED);
    }

    /** Marks this as the undo of another apply, which is forgotten once this one is done. */
    void takesBack(RelativePath other) throws IOException {
        write(UNDONE, other.bytes());
    }

    /** The name of the journal that this one takes back; empty for an apply. */
    Optional<RelativePath> takenBack() throws IOException {
        if (folder.look(UNDONE).isEmpty()) {
            return Optional.empty();
        }
        try (var content = folder.read(UNDONE)) {
            return Optional.of(
                    RelativePath.of(new String(content.readAllBytes(), StandardCharsets.US_ASCII)));
        }
    }

    /** Whether the apply in a journal's folder was done and not taken back or forgotten. */
    static boolean isDone(Path folder) throws IOException {
        try {
            var text =
                    Files.readString(folder.resolve(STATE.toString()), StandardCharsets.US_ASCII);
            return switch (JournalFormat.state(text.strip())) {
                case DONE, FINISHED -> true;
                case PREPARED, COMMITTED, TAKEN_BACK, ABANDONED -> false;
            };
        } catch (NoSuchFileException forgotten) {
            return false;
        }
    }

    Plan plan() throws IOException {
        try (var content = folder.read(PLAN)) {
            return JournalFormat.read(content);
        }
    }

    void enter(State state) throws IOException {
        write(STATE, (state.name() + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    State state() throws IOException {
        try (var content = folder.read(STATE)) {
            var text = new String(content.readNBytes(64), StandardCharsets.US_ASCII).strip();
            return JournalFormat.state(text);
        }
    }

    private void write(RelativePath name, byte[] content) throws IOException {
        if (folder.look(NEW).isPresent()) {
            folder.delete(NEW); // left by a crash
        }
        try (var file = folder.create(NEW, PRIVATE_FILE)) {
            file.write(content, content.length);
            file.sync();
        }
        folder.replace(NEW, name);
        folder.sync();
    }

    @Override
    public void close() throws IOException {
        if (contents.isPresent()) {
            contents.get().close();
        }
        folder.close();
    }
}
