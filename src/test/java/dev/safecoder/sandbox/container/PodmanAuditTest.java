package dev.safecoder.sandbox.container;

import static dev.safecoder.threat.ThreatCase.D1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.sandbox.Backend;
import dev.safecoder.sandbox.SandboxScene;
import dev.safecoder.threat.Threat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** THREATS.md D1: the running container, as Podman describes it; its words are not Docker's. */
@Tag("podman")
@Threat(D1)
class PodmanAuditTest extends SandboxScene {
    private static final Path SOCKET = Path.of("/run/podman/podman.sock");

    private static final Map<String, String> AUDITED =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("Privileged", "false"),
                            Map.entry("CapAdd", "[]"),
                            Map.entry("SecurityOpt", "[\"no-new-privileges\"]"),
                            Map.entry("PidMode", "\"private\""),
                            Map.entry("UTSMode", "\"private\""),
                            Map.entry("NetworkMode", "\"none\""),
                            Map.entry("ReadonlyRootfs", "true"),
                            Map.entry("PidsLimit", "128"),
                            Map.entry("Memory", "268435456"),
                            Map.entry("MemorySwap", "268435456"),
                            Map.entry("NanoCpus", "1000000000"),
                            Map.entry("Devices", "[]"),
                            Map.entry("VolumesFrom", "null"),
                            Map.entry("RestartPolicy", "{\"Name\":\"no\",\"MaximumRetryCount\":0}"),
                            Map.entry("AutoRemove", "true")));

    /** What Podman gives a container that asks for nothing. */
    private static final int PODMANS_CAPABILITIES = 11;

    @TempDir private Path folder;

    @Override
    protected Backend backend(Path place) {
        return ContainerBackend.podman(
                Surroundings.SETTINGS, Surroundings.linux(HOST, place, Map.of()));
    }

    @Override
    protected List<Kind> workspaces() {
        return List.of(Kind.OVERLAY);
    }

    @Override
    protected int uid() {
        return 1234;
    }

    @Test
    void the_engine_describes_a_container_without_any_open_door() throws Exception {
        try (var sandbox = start(folder)) {
            var container = Engine.reach(new EngineAddress.Unix(SOCKET)).inspect(sandbox.id());
            var host = container.path("HostConfig");
            var seen = new TreeMap<String, String>();
            AUDITED.keySet().forEach(field -> seen.put(field, host.path(field).toString()));
            assertThat(seen).isEqualTo(AUDITED);
            assertThat(host.path("CapDrop")).hasSizeGreaterThanOrEqualTo(PODMANS_CAPABILITIES);

            var writable = new TreeSet<String>();
            var sources = new ArrayList<String>();
            for (var mount : container.path("Mounts")) {
                if (mount.path("RW").asBoolean()) {
                    writable.add(mount.path("Destination").asText());
                } else {
                    sources.add(mount.path("Source").asText());
                }
            }
            assertThat(writable).containsExactly("/workspace");
            assertThat(sources).allMatch(source -> source.startsWith(folder + "/scratch-"));
        }
    }
}
