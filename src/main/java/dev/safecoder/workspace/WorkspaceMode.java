package dev.safecoder.workspace;

import java.util.Locale;

/** How the project comes into the sandbox; the names are part of the command line's contract. */
public enum WorkspaceMode {
    OVERLAY,
    REFLINK,
    COPY,
    /** Copied through the guest into a volume of the engine. */
    STREAM;

    /** As reports write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
