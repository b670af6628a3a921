package dev.safecoder.cli;

import dev.safecoder.configuration.SettingsOption;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that starts a session; what they mean is read by the settings. */
final class CommonOptions {
    private final Map<SettingsOption, String> given = new EnumMap<>(SettingsOption.class);

    @Mixin private final WallOptions wall = new WallOptions();

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

    @Option(names = "--timeout", paramLabel = "TIME", description = "For the session, as 30m.")
    void timeout(String value) {
        given.put(SettingsOption.TIMEOUT, value);
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

    /** Takes what other options of the same command set. */
    CommonOptions and(Map<SettingsOption, String> others) {
        given.putAll(others);
        return this;
    }

    /** The settings that the command line sets. */
    Map<SettingsOption, String> settings() {
        var all = new EnumMap<>(given);
        all.putAll(wall.settings());
        return all;
    }

    /** The same options for another project than the one they name. */
    CommonOptions over(Path project) {
        path = project;
        return this;
    }

    /** The same options with another model than the one they name. */
    CommonOptions with(String otherModel) {
        given.put(SettingsOption.MODEL, otherModel);
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
