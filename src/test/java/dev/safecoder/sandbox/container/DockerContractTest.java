package dev.safecoder.sandbox.container;

import dev.safecoder.sandbox.Backend;
import dev.safecoder.sandbox.SandboxContract;
import dev.safecoder.sandbox.SandboxSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;

@Tag("docker")
class DockerContractTest extends SandboxContract {
    @Override
    protected Backend backend(Path folder) {
        return ContainerBackend.docker(
                Surroundings.SETTINGS, Surroundings.linux(HOST, folder, Map.of()));
    }

    @Override
    protected List<Kind> workspaces() {
        return List.of(Kind.OVERLAY, Kind.FOLDER, Kind.STREAMED);
    }

    @Override
    protected List<String> leftOf(SandboxSpec spec) throws Exception {
        return EngineContent.of("unix:///var/run/docker.sock", spec.name());
    }
}
