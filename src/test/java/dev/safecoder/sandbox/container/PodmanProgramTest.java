package dev.safecoder.sandbox.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.Eventually;
import dev.safecoder.sandbox.Backend;
import dev.safecoder.sandbox.HostProcesses;
import dev.safecoder.sandbox.SandboxScene;
import dev.safecoder.sandbox.container.EngineAccess.Outcome.Reached;
import dev.safecoder.sandbox.container.EngineFacts.Flavor;
import dev.safecoder.sandbox.container.EngineSearch.Usual;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Podman where no socket of it listens. */
@Tag("podman")
class PodmanProgramTest extends SandboxScene {
    @TempDir private Path folder;
    private Map<String, String> variables = Map.of("HOME", "/root", "PATH", "/usr/bin:/usr/sbin");

    @Override
    protected Backend backend(Path place) {
        return ContainerBackend.podman(
                Surroundings.SETTINGS, Surroundings.linux(HOST, place, variables));
    }

    @Override
    protected List<Kind> workspaces() {
        return List.of(Kind.OVERLAY);
    }

    @Test
    void its_program_is_made_to_listen_and_ends_after_its_last_use() throws Exception {
        var socket = serve();
        variables = Map.of("CONTAINER_HOST", "unix://" + socket);
        try (var sandbox = start(folder)) {
            // longer than it waits without a connection: the attached stream is one
            assertThat(sh(sandbox, "sleep 12; echo alive").out()).isEqualTo("alive\n");
        }
        assertThat(HostProcesses.mentioning(socket.toString())).isEqualTo(1);
        Eventually.holds(
                "ended",
                Duration.ofSeconds(25),
                () -> HostProcesses.mentioning(socket.toString()) == 0);
    }

    @Test
    void a_container_does_not_outlive_a_service_that_is_killed() throws Exception {
        var socket = serve();
        variables = Map.of("CONTAINER_HOST", "unix://" + socket);
        var word = HostProcesses.unusualSleep();
        try (var sandbox = start(folder)) {
            sandbox.guest().start(command("sleep", word), new Taken());
            Eventually.holds(
                    "running", Duration.ofSeconds(10), () -> HostProcesses.with(word) == 1);
            HostProcesses.kill(socket.toString());
            Eventually.holds("dead", Duration.ofSeconds(10), () -> HostProcesses.with(word) == 0);
        }
    }

    @Test
    void a_service_that_listens_is_used_again() throws Exception {
        var connection = connection();
        var first = connection.reach();
        var second = connection.reach();
        assertThat(((Reached) second).engine().address())
                .isEqualTo(((Reached) first).engine().address());
        HostProcesses.kill(folder.resolve("state/podman-").toString());
        var third = connection.reach();
        assertThat(((Reached) third).engine().address())
                .isNotEqualTo(((Reached) first).engine().address());
    }

    private EngineConnection connection() {
        var environment = Surroundings.linux(HOST, folder, variables);
        var nothing = new Usual(List.of(new EngineAddress.Unix(folder.resolve("no.sock"))));
        return new EngineConnection(Flavor.PODMAN, environment, nothing);
    }

    private Path serve() throws InterruptedException {
        var outcome = connection().reach();
        assertThat(outcome).isInstanceOf(Reached.class);
        var address = ((Reached) outcome).engine().address();
        var socket = ((EngineAddress.Unix) address).socket();
        assertThat(Objects.requireNonNull(socket.getParent()))
                .isEqualTo(folder.resolve("state").toAbsolutePath());
        assertThat(Files.exists(socket)).isTrue();
        return socket;
    }
}
