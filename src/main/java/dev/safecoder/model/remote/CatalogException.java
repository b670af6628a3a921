package dev.safecoder.model.remote;

import dev.safecoder.fault.FileReason;
import dev.safecoder.fault.SafeCoderException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The user's own list of models cannot be followed; nothing was asked. */
public final class CatalogException extends SafeCoderException {
    private CatalogException(String problem, String remedy, @Nullable Throwable cause) {
        super(problem, remedy, cause);
    }

    static CatalogException unreadable(Path file, IOException cause) {
        return new CatalogException(
                "%s cannot be read: %s".formatted(file, FileReason.of(cause)),
                "make it readable, or remove it",
                cause);
    }

    static CatalogException notJson(String file, int line, String reason) {
        return new CatalogException(
                "%s, line %d: this is not JSON: %s".formatted(file, line, reason),
                "correct that line; docs/models.md shows the form",
                null);
    }

    static CatalogException unknownKey(String file, String key, List<String> known) {
        return new CatalogException(
                "%s: there is no key '%s'".formatted(file, key),
                "use one of " + String.join(", ", known),
                null);
    }

    static CatalogException unfitting(String file, String key, String value, String expectation) {
        return new CatalogException(
                "%s: '%s' cannot be %s".formatted(file, key, value),
                "set it to %s".formatted(expectation),
                null);
    }
}
