package dev.safecoder.sandbox.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.process.ProgramPath;
import dev.safecoder.sandbox.Availability.Unusable;
import dev.safecoder.sandbox.container.EngineAddress.Pipe;
import dev.safecoder.sandbox.container.EngineAddress.Tcp;
import dev.safecoder.sandbox.container.EngineAddress.TlsFiles;
import dev.safecoder.sandbox.container.EngineAddress.TlsFiles.Verification;
import dev.safecoder.sandbox.container.EngineAddress.Unix;
import dev.safecoder.sandbox.container.EngineEnvironment.HostSystem;
import dev.safecoder.sandbox.container.EngineSearch.Named;
import dev.safecoder.sandbox.container.EngineSearch.Refused;
import dev.safecoder.sandbox.container.EngineSearch.Usual;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineSearchTest {
    /** The SHA-256 of {@code away}, under which docker files that context. */
    private static final String AWAY =
            "378ce56a9d146d5174c89d1c0353d7f8e2244e89bb83935a5b1bdcf5e74b4e7f";

    @TempDir private Path home;

    private EngineEnvironment on(HostSystem system, Map<String, String> variables) {
        return new EngineEnvironment(
                system,
                "here",
                variables,
                home,
                home.resolve("state"),
                ProgramPath.of("", List.of()));
    }

    private EngineSearch docker(Map<String, String> variables) {
        return new DockerSearch(on(HostSystem.LINUX, variables)).search();
    }

    private EngineSearch podman(Map<String, String> variables) {
        return new PodmanSearch(on(HostSystem.LINUX, variables)).search();
    }

    @Test
    void the_usual_sockets_of_docker_on_linux_end_with_the_users_own() {
        assertThat(docker(Map.of("XDG_RUNTIME_DIR", "/run/user/1000")))
                .isEqualTo(
                        new Usual(
                                List.of(
                                        new Unix(Path.of("/var/run/docker.sock")),
                                        new Unix(home.resolve(".docker/desktop/docker.sock")),
                                        new Unix(Path.of("/run/user/1000/docker.sock")))));
    }

    @Test
    void docker_on_macos_listens_in_the_users_home() {
        assertThat(new DockerSearch(on(HostSystem.MACOS, Map.of())).search())
                .isEqualTo(
                        new Usual(
                                List.of(
                                        new Unix(Path.of("/var/run/docker.sock")),
                                        new Unix(home.resolve(".docker/run/docker.sock")),
                                        new Unix(home.resolve(".orbstack/run/docker.sock")),
                                        new Unix(home.resolve(".colima/default/docker.sock")),
                                        new Unix(home.resolve(".rd/docker.sock")))));
    }

    @Test
    void engines_on_windows_listen_at_pipes() {
        assertThat(new DockerSearch(on(HostSystem.WINDOWS, Map.of())).search())
                .isEqualTo(
                        new Usual(
                                List.of(
                                        new Pipe("\\\\.\\pipe\\docker_engine"),
                                        new Pipe("\\\\.\\pipe\\dockerDesktopLinuxEngine"))));
        assertThat(new PodmanSearch(on(HostSystem.WINDOWS, Map.of())).search())
                .isEqualTo(new Usual(List.of(new Pipe("\\\\.\\pipe\\podman-machine-default"))));
    }

    @Test
    void podman_is_looked_for_at_the_users_socket_first() {
        assertThat(podman(Map.of("XDG_RUNTIME_DIR", "/run/user/1000")))
                .isEqualTo(
                        new Usual(
                                List.of(
                                        new Unix(Path.of("/run/user/1000/podman/podman.sock")),
                                        new Unix(Path.of("/run/podman/podman.sock")))));
    }

    @Test
    void a_variable_names_the_engine() {
        assertThat(docker(Map.of("DOCKER_HOST", "unix:///a b/d.sock")))
                .isEqualTo(refusedAddress("DOCKER_HOST", "unix:///a b/d.sock"));
        assertThat(docker(Map.of("DOCKER_HOST", "unix:///run/d.sock")))
                .isEqualTo(named(new Unix(Path.of("/run/d.sock")), "DOCKER_HOST"));
        assertThat(docker(Map.of("DOCKER_HOST", "tcp://10.0.0.1")))
                .isEqualTo(named(new Tcp("10.0.0.1", 2375, Optional.empty()), "DOCKER_HOST"));
        assertThat(docker(Map.of("DOCKER_HOST", "tcp://[::1]:99")))
                .isEqualTo(named(new Tcp("::1", 99, Optional.empty()), "DOCKER_HOST"));
        assertThat(docker(Map.of("DOCKER_HOST", "npipe:////./pipe/other")))
                .isEqualTo(named(new Pipe("\\\\.\\pipe\\other"), "DOCKER_HOST"));
        assertThat(podman(Map.of("CONTAINER_HOST", "unix:///run/p.sock")))
                .isEqualTo(named(new Unix(Path.of("/run/p.sock")), "CONTAINER_HOST"));
    }

    private static Named named(EngineAddress address, String by) {
        return new Named(address, by);
    }

    @Test
    void tls_is_taken_from_dockers_variables() {
        var folder = Path.of("/keys");
        assertThat(
                        docker(
                                Map.of(
                                        "DOCKER_HOST", "tcp://far",
                                        "DOCKER_TLS_VERIFY", "1",
                                        "DOCKER_CERT_PATH", "/keys")))
                .isEqualTo(tls(folder, Verification.FULL));
        assertThat(
                        docker(
                                Map.of(
                                        "DOCKER_HOST", "tcp://far",
                                        "DOCKER_TLS", "1",
                                        "DOCKER_CERT_PATH", "/keys")))
                .isEqualTo(tls(folder, Verification.NONE));
        assertThat(docker(Map.of("DOCKER_HOST", "tcp://far", "DOCKER_TLS_VERIFY", "1")))
                .isEqualTo(tls(home.resolve(".docker"), Verification.FULL));
    }

    private static Named tls(Path folder, Verification verification) {
        var files = Optional.of(new TlsFiles(folder, verification));
        return new Named(new Tcp("far", 2376, files), "DOCKER_HOST");
    }

    @Test
    void the_current_context_names_the_engine() throws IOException {
        writeContext("unix:///run/away.sock");
        Files.writeString(home.resolve(".docker/config.json"), "{\"currentContext\":\"away\"}");
        var away = named(new Unix(Path.of("/run/away.sock")), "docker context 'away'");
        assertThat(docker(Map.of())).isEqualTo(away);
        assertThat(docker(Map.of("DOCKER_CONTEXT", "away"))).isEqualTo(away);
        assertThat(docker(Map.of("DOCKER_CONTEXT", "default"))).isInstanceOf(Usual.class);
        assertThat(docker(Map.of("DOCKER_HOST", "unix:///run/d.sock")))
                .isEqualTo(named(new Unix(Path.of("/run/d.sock")), "DOCKER_HOST"));
    }

    @Test
    void a_context_brings_its_own_keys() throws IOException {
        writeContext("tcp://far:2376");
        var keys = home.resolve(".docker/contexts/tls").resolve(AWAY).resolve("docker");
        Files.createDirectories(keys);
        var files = Optional.of(new TlsFiles(keys, Verification.FULL));
        assertThat(docker(Map.of("DOCKER_CONTEXT", "away")))
                .isEqualTo(named(new Tcp("far", 2376, files), "docker context 'away'"));
    }

    private void writeContext(String host) throws IOException {
        var meta = home.resolve(".docker/contexts/meta").resolve(AWAY);
        Files.createDirectories(meta);
        Files.writeString(
                meta.resolve("meta.json"),
                """
                {"Name":"away","Endpoints":{"docker":{"Host":"%s","SkipTLSVerify":false}}}
                """
                        .formatted(host));
    }

    @Test
    void a_context_that_is_not_there_is_refused() {
        var file = home.resolve(".docker/contexts/meta").resolve(AWAY).resolve("meta.json");
        assertThat(docker(Map.of("DOCKER_CONTEXT", "away")))
                .isEqualTo(
                        new Refused(
                                new Unusable(
                                        "the docker context 'away' has no endpoint in '%s'"
                                                .formatted(file),
                                        "choose another with `docker context use default`")));
    }

    @Test
    void an_engine_behind_ssh_is_refused_with_a_way_to_reach_it() {
        assertThat(docker(Map.of("DOCKER_HOST", "ssh://me@far")))
                .isEqualTo(
                        new Refused(
                                new Unusable(
                                        "DOCKER_HOST is 'ssh://me@far', and engines are not reached"
                                                + " over ssh here",
                                        "forward its socket with `ssh -nNT -L"
                                                + " /tmp/engine.sock:/var/run/docker.sock me@far`"
                                                + " and set DOCKER_HOST to"
                                                + " unix:///tmp/engine.sock")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense://x", "tcp://", "unix://", "tcp:// x", "npipe://"})
    void what_is_no_address_is_refused(String text) {
        assertThat(docker(Map.of("DOCKER_HOST", text)))
                .isEqualTo(refusedAddress("DOCKER_HOST", text));
    }

    private static Refused refusedAddress(String by, String text) {
        return new Refused(
                new Unusable(
                        "%s is '%s', which is no address of an engine".formatted(by, text),
                        "give it as unix:///path, tcp://host:port or npipe:////./pipe/name"));
    }
}
