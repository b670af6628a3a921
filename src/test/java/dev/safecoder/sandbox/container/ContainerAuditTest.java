package dev.safecoder.sandbox.container;

import static dev.safecoder.threat.ThreatCase.D1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.safecoder.sandbox.Backend;
import dev.safecoder.sandbox.Guarantee.Level;
import dev.safecoder.sandbox.Guarantee.Name;
import dev.safecoder.sandbox.SandboxScene;
import dev.safecoder.threat.Threat;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** THREATS.md D1: the running container, as the engine itself describes it. */
@Tag("docker")
@Threat(D1)
class ContainerAuditTest extends SandboxScene {
    @TempDir private Path folder;

    @Override
    protected Backend backend(Path place) {
        return ContainerBackend.docker(
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
            var host = inspect(sandbox.id()).path("HostConfig");
            var seen = new TreeMap<String, String>();
            for (var field : AUDITED.keySet()) {
                seen.put(field, host.path(field).toString());
            }
            assertThat(seen).isEqualTo(AUDITED);
        }
    }

    private static final Map<String, String> AUDITED =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("Privileged", "false"),
                            Map.entry("CapDrop", "[\"ALL\"]"),
                            Map.entry("CapAdd", "null"),
                            Map.entry("SecurityOpt", "[\"no-new-privileges\"]"),
                            Map.entry("PidMode", "\"\""),
                            Map.entry("IpcMode", "\"private\""),
                            Map.entry("UTSMode", "\"\""),
                            Map.entry("UsernsMode", "\"\""),
                            Map.entry("NetworkMode", "\"none\""),
                            Map.entry("CgroupnsMode", "\"private\""),
                            Map.entry("ReadonlyRootfs", "true"),
                            Map.entry("PidsLimit", "128"),
                            Map.entry("Memory", "268435456"),
                            Map.entry("MemorySwap", "268435456"),
                            Map.entry("NanoCpus", "1000000000"),
                            Map.entry("Devices", "null"),
                            Map.entry("DeviceRequests", "null"),
                            Map.entry("DeviceCgroupRules", "null"),
                            Map.entry("Binds", "null"),
                            Map.entry("VolumesFrom", "null"),
                            Map.entry("RestartPolicy", "{\"Name\":\"no\",\"MaximumRetryCount\":0}"),
                            Map.entry("LogConfig", "{\"Type\":\"none\",\"Config\":{}}"),
                            Map.entry("AutoRemove", "true")));

    @Test
    void every_mount_comes_from_our_scratch_folder_or_is_the_overlay() throws Exception {
        try (var sandbox = start(folder)) {
            var mounts = new TreeSet<String>();
            for (var mount : inspect(sandbox.id()).path("Mounts")) {
                boolean bind = mount.path("Type").asText().equals("bind");
                boolean ours = mount.path("Source").asText().startsWith(folder + "/scratch-");
                var where = bind && ours ? " of scratch" : "";
                mounts.add(
                        "%s%s at %s %s"
                                .formatted(
                                        mount.path("Type").asText(),
                                        where,
                                        mount.path("Destination").asText(),
                                        mount.path("RW").asBoolean() ? "rw" : "ro"));
            }
            assertThat(mounts)
                    .containsExactly(
                            "bind of scratch at /.safe-coder ro",
                            "bind of scratch at /.safe-coder-layers/upper ro",
                            "volume at /workspace rw");
        }
    }

    @Test
    void the_levels_are_what_this_machine_can_prove() throws Exception {
        try (var sandbox = start(folder)) {
            var levels = new TreeMap<Name, Level>();
            sandbox.inspect().forEach(seen -> levels.put(seen.name(), seen.level()));
            assertThat(levels)
                    .isEqualTo(
                            Map.of(
                                    Name.KERNEL, Level.PARTIAL,
                                    Name.FILE_SYSTEM, Level.ENFORCED,
                                    Name.NETWORK, Level.ENFORCED,
                                    Name.MEMORY, Level.ENFORCED,
                                    Name.CPU, Level.ENFORCED,
                                    Name.PIDS, Level.ENFORCED,
                                    Name.DISK, Level.PARTIAL,
                                    Name.SYSCALLS, Level.ENFORCED,
                                    Name.PRIVILEGES, Level.ENFORCED));
        }
    }

    @Test
    void another_user_owns_its_workspace_and_its_home() throws Exception {
        try (var sandbox = start(folder)) {
            var script = "id -u; stat -c %u ~ /workspace; echo x > a.txt; touch ~/x new; cat a.txt";
            assertThat(sh(sandbox, script).out()).isEqualTo("1234\n1234\n1234\nx\n");
        }
    }

    private static JsonNode inspect(String id) throws Exception {
        return Engine.reach(new EngineAddress.Unix(Path.of("/var/run/docker.sock"))).inspect(id);
    }
}
