package dev.safecoder.cli;

import dev.safecoder.configuration.SettingsOption;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which wall, and how large what stands behind it may grow. */
final class WallOptions {
    private final Map<SettingsOption, String> given = new EnumMap<>(SettingsOption.class);

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            description = "auto, firecracker, qemu, docker, podman or bubblewrap.")
    void backend(String value) {
        given.put(SettingsOption.BACKEND, value);
    }

    @Option(names = "--image", paramLabel = "REF", description = "The container's image.")
    void image(String value) {
        given.put(SettingsOption.IMAGE, value);
    }

    @Option(names = "--cpus", paramLabel = "N", description = "Processors, fractions allowed.")
    void cpus(String value) {
        given.put(SettingsOption.CPUS, value);
    }

    @Option(names = "--memory", paramLabel = "SIZE", description = "Memory with swap, as 2g.")
    void memory(String value) {
        given.put(SettingsOption.MEMORY, value);
    }

    @Option(names = "--pids", paramLabel = "N", description = "Processes at once.")
    void pids(String value) {
        given.put(SettingsOption.PIDS, value);
    }

    @Option(names = "--disk", paramLabel = "SIZE", description = "What may be written, as 10g.")
    void disk(String value) {
        given.put(SettingsOption.DISK, value);
    }

    @Option(
            names = "--workspace",
            paramLabel = "MODE",
            description = "auto, overlay, reflink, copy or stream.")
    void workspace(String value) {
        given.put(SettingsOption.WORKSPACE, value);
    }

    /** The settings that the command line sets. */
    Map<SettingsOption, String> settings() {
        return Map.copyOf(given);
    }
}
