package dev.safecoder.cli;

import dev.safecoder.configuration.SettingsOption;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that starts a sandbox; what they mean is read by the settings. */
final class CommonOptions {
    private final Map<SettingsOption, String> given = new EnumMap<>(SettingsOption.class);

    @Option(
            names = {"--path", "-C"},
            paramLabel = "DIR",
            description = "The project (default: the current folder).")
    private @Nullable Path path;

    @Option(names = "--keep", description = "Keep the workspace's folders after the end.")
    private boolean keep;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write the session's JSON report to FILE.")
    private @Nullable Path report;

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

    @Option(names = "--timeout", paramLabel = "TIME", description = "For the session, as 30m.")
    void timeout(String value) {
        given.put(SettingsOption.TIMEOUT, value);
    }

    @Option(
            names = "--workspace",
            paramLabel = "MODE",
            description = "auto, overlay, reflink, copy or stream.")
    void workspace(String value) {
        given.put(SettingsOption.WORKSPACE, value);
    }

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "provider/model, or script:FILE for a written conversation.")
    void model(String value) {
        given.put(SettingsOption.MODEL, value);
    }

    @Option(
            names = "--apply",
            paramLabel = "WHEN",
            description = "never, ask, clean or all (default: ask on a terminal, else never).")
    void apply(String value) {
        given.put(SettingsOption.APPLY, value);
    }

    /** The settings that the command line sets. */
    Map<SettingsOption, String> settings() {
        return Map.copyOf(given);
    }

    /** The same options for another project than the one they name. */
    CommonOptions over(Path project) {
        path = project;
        return this;
    }

    Optional<Path> path() {
        return Optional.ofNullable(path);
    }

    boolean keep() {
        return keep;
    }

    Optional<Path> report() {
        return Optional.ofNullable(report);
    }
}
