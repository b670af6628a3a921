package dev.safecoder.history;

import dev.safecoder.fault.SafeCoderException;
import dev.safecoder.path.RelativePath;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A session's history cannot be opened, read or written. */
public final class HistoryException extends SafeCoderException {
    private HistoryException(String problem, String remedy, @Nullable Throwable cause) {
        super(problem, remedy, cause);
    }

    static HistoryException exists(Path folder) {
        return new HistoryException(
                "'%s' is there already".formatted(folder), "choose a new session folder", null);
    }

    static HistoryException absent(Path folder) {
        return new HistoryException(
                "'%s' holds no session history".formatted(folder),
                "look for the session with `safe-coder ls`",
                null);
    }

    static HistoryException inUse(Path folder) {
        return new HistoryException(
                "the history '%s' is in use by another process".formatted(folder),
                "end the other safe-coder that works on this session, then run this again",
                null);
    }

    static HistoryException unwritable(Path folder, IOException cause) {
        return new HistoryException(
                "the history '%s' cannot be written: %s".formatted(folder, cause.getMessage()),
                "free space on its disk and check that you may write there; the last complete step"
                        + " stands",
                cause);
    }

    static HistoryException unreadable(Path folder, IOException cause) {
        return new HistoryException(
                "the history '%s' cannot be read: %s".formatted(folder, cause.getMessage()),
                "run `git --git-dir %s fsck` to see what is damaged".formatted(folder),
                cause);
    }

    static HistoryException gitName(RelativePath path) {
        return new HistoryException(
                "'%s' is or lies in a folder that git takes for its own".formatted(path),
                "rename it in the sandbox",
                null);
    }

    static HistoryException contradiction(RelativePath path) {
        return new HistoryException(
                "'%s' was given both as a file and as a folder".formatted(path),
                "end the session: its sandbox does not tell the truth",
                null);
    }
}
