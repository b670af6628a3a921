package dev.safecoder.session;

import dev.safecoder.fault.SafeCoderException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A session cannot be found, read or kept. */
public final class SessionException extends SafeCoderException {
    private SessionException(String problem, String remedy, @Nullable Throwable cause) {
        super(problem, remedy, cause);
    }

    static SessionException noneOf(Path project) {
        return new SessionException(
                "There is no session of '%s'".formatted(project),
                "see all of them with `safe-coder ls`, or begin one with `safe-coder run -p TEXT`",
                null);
    }

    static SessionException unknown(String id) {
        return new SessionException(
                "There is no session '%s'".formatted(id),
                "see the sessions with `safe-coder ls`",
                null);
    }

    static SessionException ambiguous(String id, List<SessionId> fitting) {
        return new SessionException(
                "The session id '%s' is not unique: %s"
                        .formatted(
                                id,
                                fitting.stream()
                                        .map(SessionId::text)
                                        .collect(Collectors.joining(", "))),
                "write more of it",
                null);
    }

    static SessionException noStep(SessionId id, int step, int last) {
        return new SessionException(
                "The session '%s' has no step %d".formatted(id, step),
                "choose one of the steps 0 to %d (see `safe-coder log %s`)".formatted(last, id),
                null);
    }

    static SessionException running(SessionId id, long pid) {
        return new SessionException(
                "The session '%s' is still running in process %d".formatted(id, pid),
                "end it there first",
                null);
    }

    static SessionException unreadable(Path file, IOException cause) {
        return new SessionException(
                "The session file '%s' cannot be read: %s".formatted(file, cause.getMessage()),
                "put it right, or remove its folder",
                cause);
    }

    static SessionException unkept(Path folder, IOException cause) {
        return new SessionException(
                "The session cannot be kept in '%s': %s".formatted(folder, cause),
                "free some space there, or choose another place with SAFE_CODER_STATE",
                cause);
    }
}
