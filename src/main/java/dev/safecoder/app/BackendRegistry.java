package dev.safecoder.app;

import dev.safecoder.configuration.Settings;
import dev.safecoder.process.ProgramPath;
import dev.safecoder.sandbox.bubblewrap.BubblewrapBackend;
import dev.safecoder.sandbox.container.ContainerBackend;
import dev.safecoder.sandbox.container.ContainerSettings;
import dev.safecoder.sandbox.container.EngineEnvironment;
import dev.safecoder.sandbox.container.EngineEnvironment.HostSystem;
import java.util.List;
import java.util.Locale;

/** The walls of this version, best first: a new kind of wall is one more entry here. */
final class BackendRegistry {
    private BackendRegistry() {}

    static Backends of(Settings settings, Surroundings surroundings) {
        var places = surroundings.places();
        var variables = places.environment();
        var programs =
                ProgramPath.of(variables.getOrDefault("PATH", ""), List.of(places.workingFolder()));
        var engines =
                new EngineEnvironment(
                        HostSystem.valueOf(surroundings.system().toUpperCase(Locale.ROOT)),
                        surroundings.host(),
                        variables,
                        places.home(),
                        places.stateFolder(),
                        programs);
        var containers = containers(settings.containers());
        return new Backends(
                List.of(
                        ContainerBackend.docker(containers, engines),
                        ContainerBackend.podman(containers, engines),
                        BubblewrapBackend.of(surroundings.host(), programs, variables)),
                surroundings.system());
    }

    private static ContainerSettings containers(Settings.Containers chosen) {
        return new ContainerSettings(
                chosen.image(),
                switch (chosen.pull()) {
                    case WHEN_MISSING -> ContainerSettings.Pull.MISSING;
                    case NEVER -> ContainerSettings.Pull.NEVER;
                });
    }
}
