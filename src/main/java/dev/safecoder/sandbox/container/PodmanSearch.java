package dev.safecoder.sandbox.container;

import dev.safecoder.sandbox.container.EngineAddress.Pipe;
import dev.safecoder.sandbox.container.EngineAddress.Unix;
import dev.safecoder.sandbox.container.EngineSearch.Named;
import dev.safecoder.sandbox.container.EngineSearch.Refused;
import dev.safecoder.sandbox.container.EngineSearch.Usual;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds Podman: {@code CONTAINER_HOST}, then the user's own socket, then the system's. */
final class PodmanSearch {
    private final EngineEnvironment environment;

    PodmanSearch(EngineEnvironment environment) {
        this.environment = environment;
    }

    EngineSearch search() {
        var host = environment.variable("CONTAINER_HOST");
        if (host.isEmpty()) {
            return new Usual(usual());
        }
        if (host.get().startsWith("ssh://")) {
            return new Refused(Trouble.sshAddress("CONTAINER_HOST", host.get()));
        }
        return EngineAddress.parse(host.get(), Optional.empty())
                .<EngineSearch>map(address -> new Named(address, "CONTAINER_HOST"))
                .orElseGet(
                        () -> new Refused(Trouble.unreadableAddress("CONTAINER_HOST", host.get())));
    }

    private List<EngineAddress> usual() {
        var home = environment.home();
        return switch (environment.system()) {
            case LINUX ->
                    List.of(
                            new Unix(
                                    DockerSearch.runtimeFolder(environment)
                                            .resolve("podman/podman.sock")),
                            new Unix(Path.of("/run/podman/podman.sock")));
            case MACOS -> {
                var machine = home.resolve(".local/share/containers/podman/machine");
                yield List.of(
                        new Unix(machine.resolve("podman.sock")),
                        new Unix(machine.resolve("qemu/podman.sock")),
                        new Unix(machine.resolve("podman-machine-default/podman.sock")));
            }
            case WINDOWS -> List.of(new Pipe("\\\\.\\pipe\\podman-machine-default"));
        };
    }
}
