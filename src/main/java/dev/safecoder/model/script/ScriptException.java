package dev.safecoder.model.script;

import dev.safecoder.fault.FileReason;
import dev.safecoder.model.ModelException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A script file cannot be played. */
public final class ScriptException extends ModelException {
    private static final String FORM =
            "write {\"turns\":[{\"text\":\"...\",\"tool_calls\":[{\"name\":\"bash\",\"input\":{}}]}]}";

    private ScriptException(String problem, String remedy, @Nullable Throwable cause) {
        super(problem, remedy, cause);
    }

    static ScriptException unreadable(Path file, IOException cause) {
        return new ScriptException(
                "The script '%s' cannot be read: %s".formatted(file, FileReason.of(cause)),
                "name an existing file after script:",
                cause);
    }

    static ScriptException malformed(String source, String where, String what) {
        return new ScriptException(
                "The script '%s' is malformed at %s: %s".formatted(source, where, what),
                FORM,
                null);
    }
}
