package dev.safecoder.sandbox.container;

import java.util.Comparator;
import java.util.Optional;

/** A version of the engine's API. */
record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {
    private static final Comparator<ApiVersion> ORDER =
            Comparator.comparingInt(ApiVersion::major).thenComparingInt(ApiVersion::minor);

    static Optional<ApiVersion> parse(String text) {
        if (!text.matches("\\d{1,4}\\.\\d{1,4}")) {
            return Optional.empty();
        }
        int dot = text.indexOf('.');
        return Optional.of(
                new ApiVersion(
                        Integer.parseInt(text.substring(0, dot)),
                        Integer.parseInt(text.substring(dot + 1))));
    }

    ApiVersion atMost(ApiVersion other) {
        return compareTo(other) <= 0 ? this : other;
    }

    @Override
    public int compareTo(ApiVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
