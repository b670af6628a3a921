package dev.safecoder.apply;

import dev.safecoder.path.RelativePath;
import java.io.IOException;

/** Somebody else wrote to the project while an apply was at work; what was done is taken back. */
final class ChangedMeanwhile extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient RelativePath path;
    private final String reason;

    ChangedMeanwhile(RelativePath path, String reason) {
        super(reason);
        this.path = path;
        this.reason = reason;
    }

    RelativePath path() {
        return path;
    }

    String reason() {
        return reason;
    }
}
