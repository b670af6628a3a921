package dev.safecoder.sandbox.container;

import dev.safecoder.process.ProgramPath;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What of this host decides where an engine is found.
 *
 * @param hostName this machine, as {@link dev.safecoder.sandbox.SandboxSpec.Owner} names it
 * @param variables the process's environment; of it only the engines' own variables are read
 * @param stateFolder our own folder; whether an engine sees a fresh file in it is how we know
 *     whether it shares our files
 * @param home the user's home folder, where the engines' configuration lies
 * @param programs where {@code podman} and credential programs are looked for
 */
public record EngineEnvironment(
        HostSystem system,
        String hostName,
        Map<String, String> variables,
        Path home,
        Path stateFolder,
        ProgramPath programs) {
    private static final Pattern FOR_PROGRAMS =
            Pattern.compile(
                    "HOME|PATH|USER|LOGNAME|LANG|TMPDIR|XDG_.*|DBUS_SESSION_BUS_ADDRESS"
                            + "|DOCKER_CONFIG|REGISTRY_AUTH_FILE|CONTAINERS_.*"
                            + "|(?i:https?_proxy|no_proxy|all_proxy)");

    public EngineEnvironment {
        variables = Map.copyOf(variables);
    }

    /** The systems whose engines differ. */
    public enum HostSystem {
        LINUX,
        MACOS,
        WINDOWS
    }

    /** What programs of the engines are given: no secret of another kind among it. */
    Map<String, String> forPrograms() {
        return variables.entrySet().stream()
                .filter(variable -> FOR_PROGRAMS.matcher(variable.getKey()).matches())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** A variable that is set and not empty. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }
}
