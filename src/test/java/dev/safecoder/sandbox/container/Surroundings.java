package dev.safecoder.sandbox.container;

import dev.safecoder.process.ProgramPath;
import dev.safecoder.sandbox.container.EngineEnvironment.HostSystem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Environments for tests: nothing of the developer's own but the engines' sockets. */
final class Surroundings {
    static final ContainerSettings SETTINGS =
            new ContainerSettings("safe-coder-test:latest", ContainerSettings.Pull.NEVER);

    private Surroundings() {}

    static EngineEnvironment linux(String hostName, Path folder, Map<String, String> variables) {
        return new EngineEnvironment(
                HostSystem.LINUX,
                hostName,
                variables,
                folder.resolve("home"),
                folder.resolve("state"),
                ProgramPath.of("/usr/bin:/bin", List.of()));
    }
}
