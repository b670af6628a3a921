package dev.safecoder.sandbox.container;

import static dev.safecoder.threat.ThreatCase.D1;
import static dev.safecoder.threat.ThreatCase.D13;
import static dev.safecoder.threat.ThreatCase.D14;
import static dev.safecoder.threat.ThreatCase.D15;
import static dev.safecoder.threat.ThreatCase.D2;
import static dev.safecoder.threat.ThreatCase.D3;
import static dev.safecoder.threat.ThreatCase.D6;
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.sandbox.Backend.MountSupport;
import dev.safecoder.sandbox.Guarantee;
import dev.safecoder.sandbox.Guarantee.Level;
import dev.safecoder.sandbox.Guarantee.Name;
import dev.safecoder.sandbox.HostCanaries;
import dev.safecoder.sandbox.WallCheck;
import dev.safecoder.sandbox.container.EngineFacts.Flavor;
import dev.safecoder.sandbox.container.EngineFacts.Privilege;
import dev.safecoder.threat.NegativeControl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The negative control: what the contract checks is got by anyone in a container that is started
 * without care, so the checks prove something; and the inspection says so of it.
 */
@Tag("docker")
class NaiveContainerTest {
    @TempDir private static Path folder;
    private static String naive;

    @BeforeAll
    static void startNaive() throws Exception {
        naive =
                docker(
                        List.of(
                                "run",
                                "--detach",
                                "--cap-add=SYS_ADMIN", // --privileged asks for more than CI has
                                "--cap-add=NET_RAW",
                                "--cap-add=SYS_PTRACE",
                                "--device=/dev/fuse",
                                "--network=host",
                                "--pid=host",
                                "--volume=/tmp:/tmp",
                                "--volume=/run:/run",
                                "--volume=/var/lib/docker:/var/lib/docker:ro",
                                "--security-opt=seccomp=unconfined",
                                "safe-coder-test:latest",
                                "sleep",
                                "600"));
    }

    @AfterAll
    static void removeNaive() throws Exception {
        docker(List.of("rm", "--force", "--volumes", naive));
    }

    @ParameterizedTest
    @EnumSource(WallCheck.class)
    @NegativeControl({D2, D3, D6, D13, D14, D15})
    void a_naive_container_fails_the_check(WallCheck check) throws Exception {
        try (var canaries = HostCanaries.in(folder)) {
            var arguments = new ArrayList<>(List.of("exec"));
            canaries.facts().forEach((name, value) -> arguments.add("--env=" + name + "=" + value));
            arguments.addAll(List.of(naive, "python3", "-c", check.script()));
            assertThat(docker(arguments)).startsWith("got ");
        }
    }

    @Test
    @NegativeControl(D1)
    void the_inspection_reports_what_a_naive_container_lacks() throws Exception {
        var engine = Engine.reach(new EngineAddress.Unix(Path.of("/var/run/docker.sock")));
        var facts =
                new EngineFacts(
                        Flavor.DOCKER,
                        Privilege.ROOT,
                        MountSupport.OVERLAY_AND_FOLDER,
                        "x86_64",
                        2,
                        Map.of(),
                        Optional.empty());
        var levels = new TreeMap<Name, Level>();
        for (Guarantee guarantee :
                Inspection.of(engine.inspect(naive), facts, "its version is unknown")
                        .guarantees()) {
            levels.put(guarantee.name(), guarantee.level());
        }
        assertThat(levels)
                .isEqualTo(
                        Map.of(
                                Name.KERNEL, Level.PARTIAL,
                                Name.FILE_SYSTEM, Level.ABSENT,
                                Name.NETWORK, Level.ABSENT,
                                Name.MEMORY, Level.ABSENT,
                                Name.CPU, Level.ABSENT,
                                Name.PIDS, Level.ABSENT,
                                Name.DISK, Level.ABSENT,
                                Name.SYSCALLS, Level.ABSENT,
                                Name.PRIVILEGES, Level.ABSENT));
    }

    private static String docker(List<String> arguments) throws IOException {
        var command = new ArrayList<>(List.of("docker"));
        command.addAll(arguments);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.onExit().join();
        return text.strip();
    }
}
