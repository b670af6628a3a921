package dev.safecoder.sandbox;

import java.util.Locale;
import java.util.Optional;

/** The kinds of wall, in the order in which {@code auto} prefers them on Linux. */
public enum BackendName {
    FIRECRACKER,
    QEMU,
    DOCKER,
    PODMAN,
    BUBBLEWRAP;

    /** As the command line and reports write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads what a user wrote. */
    public static Optional<BackendName> parse(String text) {
        for (var name : values()) {
            if (name.toString().equals(text)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }
}
