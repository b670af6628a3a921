package dev.safecoder.sandbox.container;

import dev.safecoder.sandbox.Backend;
import dev.safecoder.sandbox.SandboxContract;
import dev.safecoder.sandbox.SandboxSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;

@Tag("podman")
class PodmanContractTest extends SandboxContract {
    @Override
    protected Backend backend(Path folder) {
        return ContainerBackend.podman(
                Surroundings.SETTINGS, Surroundings.linux(HOST, folder, Map.of()));
    }

    @Override
    protected List<Kind> workspaces() {
        return List.of(Kind.OVERLAY, Kind.FOLDER, Kind.STREAMED);
    }

    @Override
    protected int uid() {
        return 1234; // an owner who is not root, for rootful Podman
    }

    @Override
    protected List<String> leftOf(SandboxSpec spec) throws Exception {
        return EngineContent.of("unix:///run/podman/podman.sock", spec.name());
    }
}
