package dev.safecoder.sandbox.container;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The versions of an engine and its parts, and what is known against the older ones. */
final class RuntimeFloor {
    private static final Pattern NUMBER = Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?");

    private record Version(int major, int minor, int patch) implements Comparable<Version> {
        private static final Comparator<Version> ORDER =
                Comparator.comparingInt(Version::major)
                        .thenComparingInt(Version::minor)
                        .thenComparingInt(Version::patch);

        @Override
        public int compareTo(Version other) {
            return ORDER.compare(this, other);
        }
    }

    private RuntimeFloor() {}

    /** One clause: each part with its version; those below the floor with their holes. */
    static String evidence(JsonNode versions) {
        var parts = new ArrayList<String>();
        for (var component : versions.path("Components")) {
            var name = component.path("Name").asText();
            var text = component.path("Version").asText();
            var version = parse(text);
            if (version.isEmpty()) {
                continue;
            }
            if (name.equals("Engine")) {
                parts.add(docker(version.get()));
            } else if (name.equals("Podman Engine")) {
                parts.add("Podman " + shown(version.get()));
            } else if (name.equals("runc") || text.startsWith("runc")) {
                parts.add(runc(version.get()));
            } else if (text.startsWith("crun")) {
                parts.add("crun " + shown(version.get()));
            }
        }
        return parts.isEmpty() ? "its version is unknown" : String.join(", ", parts);
    }

    /**
     * One line for a start, from an engine's description of itself, which names the runtime in
     * Docker's case only; empty when no hole is known.
     */
    static Optional<String> warning(JsonNode info) {
        return parse(info.path("RuncCommit").path("ID").asText())
                .filter(version -> !holes(version).isEmpty())
                .map(version -> "Update this engine's runtime: " + runc(version));
    }

    private static String docker(Version version) {
        var name = "Docker " + shown(version);
        return version.compareTo(new Version(29, 5, 1)) < 0
                ? name + " (below 29.5.1: holes in `docker cp`, which is not used here)"
                : name;
    }

    private static String runc(Version version) {
        var name = "runc " + shown(version);
        boolean below =
                version.compareTo(new Version(1, 3, 6)) < 0
                        || version.minor() == 4 && version.compareTo(new Version(1, 4, 3)) < 0;
        if (!below) {
            return name;
        }
        var holes = holes(version);
        return holes.isEmpty()
                ? name + " (below 1.3.6 or 1.4.3)"
                : "%s (below 1.3.6: %s)".formatted(name, String.join(", ", holes));
    }

    private static List<String> holes(Version runc) {
        var holes = new ArrayList<String>();
        if (runc.compareTo(new Version(1, 1, 12)) < 0) {
            holes.add("CVE-2024-21626");
        }
        if (runc.compareTo(new Version(1, 2, 8)) < 0
                || runc.minor() == 3 && runc.compareTo(new Version(1, 3, 3)) < 0) {
            holes.addAll(List.of("CVE-2025-31133", "CVE-2025-52565", "CVE-2025-52881"));
        }
        return holes;
    }

    private static String shown(Version version) {
        return "%d.%d.%d".formatted(version.major(), version.minor(), version.patch());
    }

    private static Optional<Version> parse(String text) {
        var found = NUMBER.matcher(text);
        if (!found.find()) {
            return Optional.empty();
        }
        var patch = found.group(3);
        return Optional.of(
                new Version(
                        Integer.parseInt(found.group(1)),
                        Integer.parseInt(found.group(2)),
                        patch == null ? 0 : Integer.parseInt(patch)));
    }
}
