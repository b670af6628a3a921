package dev.safecoder.sandbox.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.process.ProgramPath;
import dev.safecoder.sandbox.Availability.Unusable;
import dev.safecoder.sandbox.BackendName;
import dev.safecoder.sandbox.container.EngineAccess.Outcome;
import dev.safecoder.sandbox.container.EngineAccess.Outcome.NotReached;
import dev.safecoder.sandbox.container.EngineAccess.Outcome.Reached;
import dev.safecoder.sandbox.container.EngineAddress.Unix;
import dev.safecoder.sandbox.container.EngineEnvironment.HostSystem;
import dev.safecoder.sandbox.container.EngineSearch.Named;
import dev.safecoder.sandbox.container.EngineSearch.Usual;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each classic trouble has its own reason and its own remedy. */
class EngineAccessTest {
    @TempDir private Path folder;

    private Outcome reach(BackendName name, EngineSearch search) throws InterruptedException {
        var environment =
                new EngineEnvironment(
                        HostSystem.LINUX,
                        "here",
                        Map.of(),
                        folder,
                        folder.resolve("state"),
                        ProgramPath.of(folder.toString(), List.of()));
        return new EngineAccess(name, environment).reach(search);
    }

    private Usual usual(String... names) {
        return new Usual(
                List.of(names).stream()
                        .<EngineAddress>map(name -> new Unix(folder.resolve(name)))
                        .toList());
    }

    private void install(String program) throws IOException {
        Files.createFile(
                folder.resolve(program),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }

    private static NotReached because(String reason, String remedy) {
        return new NotReached(new Unusable(reason, remedy));
    }

    @Test
    void neither_a_socket_nor_a_program_is_not_installed() throws Exception {
        assertThat(reach(BackendName.DOCKER, usual("none")))
                .isEqualTo(
                        because(
                                "Docker is not installed",
                                "install it: https://docs.docker.com/get-docker/"));
        assertThat(reach(BackendName.PODMAN, usual("none")))
                .isEqualTo(
                        because(
                                "Podman is not installed",
                                "install it, for example with `sudo apt-get install podman`"));
    }

    @Test
    void a_program_without_a_socket_is_not_running() throws Exception {
        install("docker");
        install("podman");
        assertThat(reach(BackendName.DOCKER, usual("none", "other")))
                .isEqualTo(
                        because(
                                "nothing listens at 'unix://%s/none'".formatted(folder),
                                "start Docker: `sudo systemctl start docker`, or open Docker"
                                        + " Desktop"));
        assertThat(reach(BackendName.PODMAN, usual("none")))
                .isEqualTo(
                        because(
                                "nothing listens at 'unix://%s/none'".formatted(folder),
                                "start it with `systemctl --user start podman.socket`"));
    }

    @Test
    void a_socket_without_a_listener_is_not_running() throws Exception {
        leaveSocket("left");
        assertThat(reach(BackendName.DOCKER, usual("left")))
                .isEqualTo(
                        because(
                                "nothing listens at 'unix://%s/left'".formatted(folder),
                                "start Docker: `sudo systemctl start docker`, or open Docker"
                                        + " Desktop"));
    }

    /** What a daemon that was killed leaves. */
    private void leaveSocket(String name) throws IOException {
        try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(folder.resolve(name)));
        }
    }

    @Test
    void the_next_usual_place_is_tried_when_one_is_dead() throws Exception {
        leaveSocket("left");
        var answers = Map.of("GET /_ping", ScriptedEngine.ping("1.43"));
        try (var engine = ScriptedEngine.at(folder.resolve("alive"), answers)) {
            var outcome = reach(BackendName.DOCKER, usual("left", "alive"));
            assertThat(outcome).isInstanceOf(Reached.class);
            assertThat(((Reached) outcome).engine().address()).isEqualTo(engine.address());
        }
    }

    @Test
    void an_engine_that_was_named_is_the_only_one() throws Exception {
        var named = new Named(new Unix(folder.resolve("none")), "DOCKER_HOST");
        assertThat(reach(BackendName.DOCKER, named))
                .isEqualTo(
                        because(
                                "the engine at 'unix://%s/none' (DOCKER_HOST) does not answer: No"
                                                .formatted(folder)
                                        + " such file or directory",
                                "start that engine, or unset DOCKER_HOST"));
    }

    @Test
    void an_api_that_is_too_old_is_refused() throws Exception {
        var answers = Map.of("GET /_ping", ScriptedEngine.ping("1.40"));
        try (var engine = ScriptedEngine.at(folder.resolve("old"), answers)) {
            assertThat(reach(BackendName.DOCKER, usual("old")))
                    .isEqualTo(
                            because(
                                    "Docker/1.2.3 speaks the API only up to 1.40, at least 1.41 is"
                                            + " needed",
                                    "install Docker 20.10 or newer, or Podman 4 or newer"));
            assertThat(engine.requests()).isEqualTo(List.of("GET /_ping"));
        }
    }

    @Test
    void what_answers_otherwise_is_no_engine() throws Exception {
        var answers = Map.of("GET /_ping", "SSH-2.0-x\r\n");
        try (var engine = ScriptedEngine.at(folder.resolve("odd"), answers)) {
            assertThat(reach(BackendName.DOCKER, usual("odd")))
                    .isEqualTo(
                            because(
                                    "the engine at '%s' does not answer as one: what listens there"
                                                    .formatted(engine.address())
                                            + " is no engine: it does not speak HTTP",
                                    "look at its log with `journalctl -u docker`, then restart"
                                            + " it"));
        }
    }

    @Test
    void a_socket_that_this_user_may_not_use_is_told_from_one_that_is_dead() {
        var socket = Path.of("/var/run/docker.sock");
        assertThat(Trouble.permissionDenied(BackendName.DOCKER, socket))
                .isEqualTo(
                        new Unusable(
                                "this user may not use the socket '/var/run/docker.sock'",
                                "join its group with `sudo usermod -aG docker \"$USER\"` and log in"
                                        + " again"));
        assertThat(Trouble.permissionDenied(BackendName.PODMAN, socket))
                .isEqualTo(
                        new Unusable(
                                "this user may not use the socket '/var/run/docker.sock'",
                                "use your own: `systemctl --user start podman.socket`"));
    }
}
