package dev.safecoder.apply;

import dev.safecoder.fault.SafeCoderException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The disk does not let an apply, an undo or a recovery come to its end. */
public final class ApplyException extends SafeCoderException {
    private final State state;

    /** What became of the project. */
    private enum State {
        UNTOUCHED,
        HALF_WAY
    }

    private ApplyException(String problem, String remedy, @Nullable IOException cause) {
        this(State.UNTOUCHED, problem, remedy, cause);
    }

    private ApplyException(
            State state, String problem, String remedy, @Nullable IOException cause) {
        super(problem, remedy, cause);
        this.state = state;
    }

    /** Whether the project is as it was before; otherwise the next start takes the rest back. */
    public boolean leftUntouched() {
        return state == State.UNTOUCHED;
    }

    /** The project's folder, or the folder for the state, cannot be used; nothing was written. */
    static ApplyException cannotStart(Path project, IOException cause) {
        return new ApplyException(
                "Nothing was written to '%s': %s".formatted(project, said(cause)),
                "check that the project and the state folder exist, can be written and have room",
                cause);
    }

    /** It is known beforehand that the disk is too full. */
    static ApplyException noRoom(Path folder, long needed, long there) {
        return new ApplyException(
                "Nothing was written: '%s' needs room for %,d bytes and has %,d"
                        .formatted(folder, needed, there),
                "free some space and run `safe-coder apply` again",
                null);
    }

    /** The disk refused in the middle; the project is as it was. */
    static ApplyException takenBack(Path project, IOException cause) {
        return new ApplyException(
                "Writing to '%s' stopped and was taken back: %s".formatted(project, said(cause)),
                "mend the cause and run `safe-coder apply` again",
                cause);
    }

    /** The disk refused in the middle, and to take it back, too. */
    static ApplyException unsettled(Path project, IOException cause) {
        return new ApplyException(
                State.HALF_WAY,
                "Writing to '%s' stopped half-way and could not be taken back: %s"
                        .formatted(project, said(cause)),
                "mend the cause and start safe-coder again: it takes the rest back by itself",
                cause);
    }

    /** An earlier apply could not be brought to its end, so nothing new is written. */
    static ApplyException stillUnsettled(Path project, String reason) {
        return new ApplyException(
                State.HALF_WAY,
                "An earlier apply to '%s' is still half-way: %s".formatted(project, reason),
                "mend the cause and start safe-coder again: it takes the rest back by itself",
                null);
    }

    /** What was written down about applies cannot be read. */
    static ApplyException cannotRead(Path stateFolder, IOException cause) {
        return new ApplyException(
                "The journals in '%s' cannot be read: %s".formatted(stateFolder, said(cause)),
                "check the permissions of the state folder",
                cause);
    }

    /** A journal that no longer makes sense. */
    static ApplyException noRecord(Path journal, IOException cause) {
        return new ApplyException(
                "There is no apply to take back in '%s': %s".formatted(journal, said(cause)),
                "compare with `safe-coder diff` and take it back by hand",
                cause);
    }

    /** The disk refused before an undo had begun. */
    static ApplyException notTakenBack(Path journal, IOException cause) {
        return new ApplyException(
                "Nothing was taken back of '%s': %s".formatted(journal, said(cause)),
                "mend the cause and run `safe-coder undo` again",
                cause);
    }

    static String said(IOException cause) {
        var kind =
                switch (cause) {
                    case java.nio.file.NoSuchFileException _ -> "no such file: ";
                    case java.nio.file.AccessDeniedException _ -> "access denied: ";
                    case java.nio.file.FileAlreadyExistsException _ -> "already there: ";
                    case java.nio.file.NotDirectoryException _ -> "not a folder: ";
                    case java.nio.file.DirectoryNotEmptyException _ -> "folder not empty: ";
                    default -> "";
                };
        return kind + cause.getMessage();
    }
}
