package dev.safecoder.sandbox.container;

import static dev.safecoder.threat.ThreatCase.D20;
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.sandbox.Backend;
import dev.safecoder.sandbox.Guarantee;
import dev.safecoder.sandbox.SandboxContract;
import dev.safecoder.sandbox.SandboxSpec;
import dev.safecoder.threat.Threat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    @Threat(D20)
    void its_runtime_is_named_with_its_holes(@TempDir Path place) throws Exception {
        var runtime = InstalledRuntime.ofDocker();
        var lines = new ArrayList<String>();
        try (var sandbox = start(place, lines::add)) {
            var kernel = sandbox.inspect().getFirst();
            assertThat(kernel.name()).isEqualTo(Guarantee.Name.KERNEL);
            assertThat(kernel.evidence()).contains(runtime.toString());
            assertThat(kernel.evidence().contains(InstalledRuntime.HOLE))
                    .isEqualTo(runtime.hasHole());
        }
        assertThat(String.join("\n", lines).contains(InstalledRuntime.HOLE))
                .isEqualTo(runtime.hasHole());
    }
}
