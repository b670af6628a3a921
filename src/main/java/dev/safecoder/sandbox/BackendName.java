package dev.safecoder.sandbox;

import java.util.Locale;
import java.util.Optional;

/** The kinds of wall, in the order in which {@code auto} prefers them on Linux. */
public enum BackendName {
    FIRECRACKER("Firecracker"),
    QEMU("QEMU"),
    DOCKER("Docker"),
    PODMAN("Podman"),
    BUBBLEWRAP("bubblewrap");

    private final String title;

    BackendName(String title) {
        this.title = title;
    }

    /** As its makers write it, for sentences. */
    public String title() {
        return title;
    }

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
