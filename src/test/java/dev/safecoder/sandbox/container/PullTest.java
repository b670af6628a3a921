package dev.safecoder.sandbox.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.safecoder.sandbox.Availability;
import dev.safecoder.sandbox.Availability.Unusable;
import dev.safecoder.sandbox.Availability.Usable;
import dev.safecoder.sandbox.Backend;
import dev.safecoder.sandbox.SandboxException;
import dev.safecoder.sandbox.SandboxScene;
import dev.safecoder.sandbox.StartListener;
import dev.safecoder.sandbox.container.ContainerSettings.Pull;
import dev.safecoder.sandbox.container.LoopbackRegistry.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that are not there, against a real registry on loopback. */
@Tag("docker")
class PullTest extends SandboxScene {
    @TempDir private static Path registryFolder;
    private static LoopbackRegistry registry;
    @TempDir private Path folder;
    private ContainerSettings settings = Surroundings.SETTINGS;

    @BeforeAll
    static void fillRegistry() throws Exception {
        registry = LoopbackRegistry.start(registryFolder, Access.OPEN);
        var image = registry.name() + "/tiny:1";
        sh(
                """
                mkdir -p "$0/image/bin" && head -c 3000000 /dev/urandom > "$0/image/ballast" &&
                tar -C "$0/image" -c . | docker import - "$1" && docker push "$1" && docker rmi "$1"
                """,
                image);
    }

    @AfterAll
    static void stopRegistry() {
        registry.close();
    }

    private static void sh(String script, String image) throws IOException {
        var process =
                new ProcessBuilder("sh", "-c", script, registryFolder.toString(), image)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        assertThat(process.onExit().join().exitValue()).isZero();
    }

    @Override
    protected Backend backend(Path place) {
        return ContainerBackend.docker(settings, Surroundings.linux(HOST, place, Map.of()));
    }

    @Override
    protected List<Kind> workspaces() {
        return List.of(Kind.OVERLAY);
    }

    private Availability look(String image, Pull pull) throws InterruptedException {
        settings = new ContainerSettings(image, pull);
        return backend(folder).availability();
    }

    @Test
    void an_image_is_fetched_with_progress_and_needs_nothing_but_a_root_folder() throws Exception {
        var image = registry.name() + "/tiny:1";
        var look = look(image, Pull.MISSING);
        assertThat(look).isInstanceOf(Usable.class);
        assertThat(((Usable) look).reason())
                .startsWith("Docker/")
                .endsWith(
                        " at unix:///var/run/docker.sock, image %s is fetched first"
                                .formatted(image));
        var lines = new ArrayList<String>();
        StartListener pulling =
                line -> {
                    if (line.startsWith("pulling")) {
                        lines.add(line);
                    }
                };
        try (var sandbox = start(folder, pulling)) {
            assertThat(run(sandbox, command("/.safe-coder/guest", "--version")).out())
                    .contains("protocol 1");
        } finally {
            sh("docker rmi \"$1\"", image);
        }
        assertThat(lines.getFirst()).isEqualTo("pulling " + image);
        assertThat(lines.getLast()).isEqualTo("pulling %s: 4 MB of 4 MB".formatted(image));
    }

    @Test
    void an_image_that_is_not_to_be_fetched_is_missing() throws Exception {
        assertThat(look("no/such:image", Pull.NEVER))
                .isEqualTo(
                        new Unusable(
                                "image 'no/such:image' is not there and fetching it is turned off",
                                "fetch it with `docker pull no/such:image`, or allow it with"
                                        + " `safe-coder config set docker.auto_pull true`"));
    }

    @Test
    void an_unknown_tag_is_told_as_such_before_and_at_the_start() throws Exception {
        var image = registry.name() + "/tiny:2";
        var look = look(image, Pull.MISSING);
        assertThat(look).isInstanceOf(Unusable.class);
        assertThat(((Unusable) look).reason())
                .startsWith(
                        "image '%s' is not there and its registry does not have it: "
                                .formatted(image));
        assertThat(((Unusable) look).remedy())
                .isEqualTo(
                        "choose one that exists with --image, or build it with `docker build -t %s"
                                        .formatted(image)
                                + " .`");
        assertThatThrownBy(() -> start(folder, line -> {}))
                .isInstanceOf(SandboxException.class)
                .hasMessageStartingWith(
                        "Backend 'docker' is not usable: image '%s' is not there and its registry"
                                .formatted(image));
    }

    @Test
    void a_registry_that_nobody_answers_for_is_unreachable() throws Exception {
        var host = "127.0.0.1:" + LoopbackRegistry.freePort();
        var look = look(host + "/tiny:1", Pull.MISSING);
        assertThat(((Unusable) look).reason())
                .startsWith(
                        "image '%s/tiny:1' is not there and %s cannot be reached: "
                                .formatted(host, host));
        assertThat(((Unusable) look).remedy())
                .isEqualTo(
                        "go online and run `docker pull %s/tiny:1`, or choose an image that is"
                                        .formatted(host)
                                + " there with --image");
    }

    @Test
    void a_registry_that_wants_a_login_gets_the_users_own(@TempDir Path closed) throws Exception {
        try (var locked = LoopbackRegistry.start(closed, Access.LOGIN)) {
            var image = locked.name() + "/tiny:1";
            assertThat(look(image, Pull.MISSING))
                    .isEqualTo(
                            new Unusable(
                                    "image '%s' is not there and %s wants a login for it"
                                            .formatted(image, locked.name()),
                                    "log in with `docker login %s`, or choose another image with"
                                                    .formatted(locked.name())
                                            + " --image"));
            logIn(locked.name());
            var look = look(image, Pull.MISSING);
            assertThat(((Unusable) look).reason()).contains("its registry does not have it");
        }
    }

    private void logIn(String name) throws IOException {
        var configuration = Files.createDirectories(folder.resolve("home/.docker"));
        Files.writeString(
                configuration.resolve("config.json"),
                "{\"auths\":{\"%s\":{\"auth\":\"bWU6c2VjcmV0\"}}}".formatted(name));
    }
}
