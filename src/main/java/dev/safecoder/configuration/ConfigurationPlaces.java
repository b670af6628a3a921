package dev.safecoder.configuration;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where configuration and state lie for this user; the environment comes in here and only here. */
public record ConfigurationPlaces(Map<String, String> environment, Path home, Path workingFolder) {
    private static final String FOLDER = "safe-coder";
    private static final String STATE = "SAFE_CODER_STATE";

    public ConfigurationPlaces {
        environment = Map.copyOf(environment);
    }

    /** The file with the user's settings, which need not exist. */
    public Path configFile() {
        return variable("SAFE_CODER_CONFIG")
                .map(workingFolder::resolve)
                .orElseGet(
                        () ->
                                folder("XDG_CONFIG_HOME", ".config")
                                        .resolve(FOLDER)
                                        .resolve("config.toml"));
    }

    /** The user's own list of models beside it, which need not exist. */
    public Path modelsFile() {
        return configFile().resolveSibling("models.json");
    }

    /** The folder with sessions, histories, trash and logs, which need not exist. */
    public Path stateFolder() {
        return variable(STATE)
                .map(workingFolder::resolve)
                .orElseGet(() -> folder("XDG_STATE_HOME", ".local/state").resolve(FOLDER));
    }

    /** The user's own configuration of git, the strongest file last; none of them need exist. */
    public List<Path> gitConfigFiles() {
        return List.of(
                folder("XDG_CONFIG_HOME", ".config").resolve("git").resolve("config"),
                home.resolve(".gitconfig"));
    }

    /** The same places, but for the state folder. */
    public ConfigurationPlaces keepingStateIn(Path state) {
        var changed = new HashMap<>(environment);
        changed.put(STATE, state.toString());
        return new ConfigurationPlaces(changed, home, workingFolder);
    }

    /** The XDG specification wants relative values ignored. */
    private Path folder(String variable, String fallback) {
        return variable(variable)
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElseGet(() -> home.resolve(fallback));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
