package dev.safecoder.sandbox.bubblewrap;

import static dev.safecoder.threat.ThreatCase.D1;
import static dev.safecoder.threat.ThreatCase.D2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.safecoder.process.ProgramPath;
import dev.safecoder.sandbox.Guarantee;
import dev.safecoder.sandbox.Guarantee.Level;
import dev.safecoder.sandbox.SandboxException;
import dev.safecoder.sandbox.SandboxSpec;
import dev.safecoder.sandbox.WorkspaceMount;
import dev.safecoder.threat.NegativeControl;
import dev.safecoder.threat.Threat;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only this wall has to show, each time beside a wall that does not hold. */
@Tag("bubblewrap")
class BubblewrapWallTest extends BubblewrapScene {
    private static final Map<String, String> PATH = Map.of("PATH", "/usr/bin:/bin");

    @TempDir Path folder;

    @Test
    @Threat(D2)
    void a_unix_socket_of_the_host_is_not_there() throws Exception {
        var socket = folder.resolve("service.sock");
        var script =
                "import socket; socket.socket(socket.AF_UNIX).connect('%s'); print('connected')";
        var connect = List.of("python3", "-c", script.formatted(socket));
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                var sandbox = start(folder)) {
            server.bind(UnixDomainSocketAddress.of(socket));

            var inside = run(sandbox, command(connect.toArray(String[]::new)));

            assertThat(inside.out()).isEmpty();
            assertThat(inside.err()).contains("FileNotFoundError");
            assertThat(NaiveWall.run(NaiveWall.READ_ONLY_HOST, connect, PATH))
                    .isEqualTo("connected\n");
        }
    }

    /** Writing back what is there changes nothing, and shows that one could. */
    @Test
    void the_switches_of_the_kernel_cannot_be_set_even_by_roots_own_sandbox() throws Exception {
        var set =
                "cd /proc/sys/vm; s=$(cat swappiness); echo $s 2>/dev/null > swappiness || echo no";
        try (var sandbox = start(folder)) {
            assertThat(sh(sandbox, set).out()).isEqualTo("no\n");
        }
        if (ourUid() == 0) { // for others the kernel itself holds in a naive wall, too
            assertThat(NaiveWall.run(NaiveWall.READ_ONLY_HOST, List.of("sh", "-c", set), PATH))
                    .isEmpty();
        }
    }

    @Test
    void the_guest_hides_its_memory_and_its_environment_from_the_agent() throws Exception {
        try (var sandbox = start(folder)) {
            var script = "cat /proc/1/environ /proc/1/maps 2>&1 | sort -u";
            assertThat(sh(sandbox, script).out())
                    .isEqualTo(
                            """
                            cat: /proc/1/environ: Permission denied
                            cat: /proc/1/maps: Permission denied
                            """);
        }
    }

    @Test
    void nothing_of_the_layers_is_left_in_sight() throws Exception {
        try (var sandbox = start(folder, Kind.OVERLAY, LIMITS)) {
            var script = "find /.safe-coder-layers -type f; grep -c ' /.safe-coder-l' /proc/mounts";
            assertThat(sh(sandbox, script).out()).isEqualTo("0\n");
        }
    }

    @Test
    void tools_of_the_host_work_inside() throws Exception {
        try (var sandbox = start(folder)) {
            var script = "python3 -c 'import ssl, json; print(1)' && git --version && ls -d /opt";
            assertThat(sh(sandbox, script).out()).startsWith("1\ngit version ").endsWith("/opt\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "new\nline", "-rf", "--bind", "ü€", "a:b,c\\d", "$(x)`y`'\""})
    void a_project_may_have_any_name(String name) throws Exception {
        var odd = Files.createDirectories(folder.resolve(name));
        try (var sandbox = start(odd, Kind.OVERLAY, LIMITS)) {
            assertThat(sh(sandbox, "cat a.txt; echo two > a.txt").out()).isEqualTo("one\n");
        }
        assertThat(odd.resolve("project/a.txt")).hasContent("one\n");
        assertThat(odd.resolve("upper/a.txt")).hasContent("two\n");
        try (var sandbox = start(odd, Kind.FOLDER, LIMITS)) {
            assertThat(sh(sandbox, "cat a.txt").out()).isEqualTo("one\n");
        }
    }

    @Test
    void a_project_whose_name_is_no_text_is_refused() throws Exception {
        var made = new ProcessBuilder("sh", "-c", "mkdir \"$(printf 'bad\\377')\"");
        assertThat(made.directory(folder.toFile()).start().waitFor()).isZero();
        try (var found = Files.newDirectoryStream(folder, "bad*")) {
            var odd = found.iterator().next();

            assertThatThrownBy(() -> start(odd))
                    .isInstanceOf(SandboxException.class)
                    .hasMessageEndingWith("is no text in this locale");
        }
    }

    @Test
    @Threat(D1)
    void every_guarantee_is_seen_in_the_running_wall() throws Exception {
        var limits = ControlGroupPlace.find(Path.of("/"), none(), Map.of(), ourUid());
        boolean grouped = !(limits instanceof ControlGroupPlace.Nowhere);
        try (var sandbox = start(folder)) {
            assertThat(levels(sandbox.inspect()))
                    .isEqualTo(
                            List.of(
                                    "kernel partial",
                                    "file-system enforced",
                                    "network enforced",
                                    grouped ? "memory enforced" : "memory partial",
                                    grouped ? "cpu enforced" : "cpu absent",
                                    grouped ? "pids enforced" : "pids partial",
                                    "disk partial",
                                    "syscalls enforced",
                                    "privileges enforced"));
        }
    }

    @Test
    @NegativeControl(D1)
    void the_same_inspection_of_the_bare_host_finds_no_wall() {
        var self = ProcessHandle.current().pid();

        assertThat(Inspection.of(Path.of("/"), self))
                .filteredOn(
                        guarantee -> !List.of("memory", "cpu", "pids").contains(name(guarantee)))
                .extracting(Guarantee::level)
                .containsOnly(Level.ABSENT);
    }

    @Test
    void a_workspace_in_memory_has_its_size() throws Exception {
        try (var sandbox = start(folder, Kind.STREAMED, LIMITS)) {
            assertThat(levels(sandbox.inspect())).contains("disk enforced");
        }
    }

    @Test
    void a_file_beyond_the_limit_of_the_disk_is_not_had() throws Exception {
        try (var sandbox = start(folder)) {
            var size = LIMITS.diskBytes() + 1;
            var result = sh(sandbox, "truncate -s %d big || echo no".formatted(size));
            assertThat(result.out()).isEqualTo("no\n");
        }
    }

    @Test
    void a_network_is_not_to_be_had() throws Exception {
        var spec = Scenes.spec(Scenes.OVERLAY, SandboxSpec.Network.BRIDGE);

        assertThatThrownBy(() -> ours().start(spec, line -> {}))
                .isInstanceOfSatisfying(
                        SandboxException.class,
                        refusal -> {
                            assertThat(refusal.problem())
                                    .isEqualTo(
                                            "bubblewrap cannot enforce this here: a network other"
                                                    + " than none");
                            assertThat(refusal.remedy())
                                    .isEqualTo(
                                            "use `network = \"none\"`, or choose docker or podman"
                                                    + " with --backend");
                        });
    }

    @Test
    void a_start_that_fails_says_why_and_leaves_nothing() throws Exception {
        var spec = missingLayers();

        assertThatThrownBy(() -> ours().start(spec, line -> {}))
                .isInstanceOfSatisfying(
                        SandboxException.class,
                        refusal -> {
                            assertThat(refusal.problem())
                                    .isEqualTo(
                                            "bubblewrap could not start the sandbox: guest:"
                                                    + " overlay: No such file or directory");
                            assertThat(refusal.remedy())
                                    .isEqualTo(
                                            "use `--workspace copy`, or run `safe-coder doctor`");
                        });
        assertThat(spec.scratch()).doesNotExist();
        assertThat(folder.resolve("state/bubblewrap")).isEmptyDirectory();
        assertThat(HostTraces.controlGroups(spec.name())).isEmpty();
    }

    private SandboxSpec missingLayers() throws Exception {
        var usual = spec(folder, Kind.OVERLAY, LIMITS);
        var session = Files.createDirectories(folder.resolve("session"));
        return new SandboxSpec(
                usual.name(),
                usual.sessionId(),
                usual.owner(),
                usual.stateFolder(),
                usual.scratch(),
                usual.guestFolder(),
                new WorkspaceMount.Overlay(
                        Files.createDirectories(project(folder)),
                        session.resolve("upper"),
                        session.resolve("work")),
                usual.uid(),
                usual.gid(),
                usual.limits(),
                usual.network());
    }

    @Test
    void without_the_program_it_is_unusable_and_mounts_are_not_promised() throws Exception {
        var backend = BubblewrapBackend.of(HOST, none(), Map.of());

        assertThat(backend.availability()).isEqualTo(Trouble.notInstalled(Path.of("/")));
    }

    private static ProgramPath none() {
        return ProgramPath.of("", List.of());
    }

    private static List<String> levels(List<Guarantee> guarantees) {
        return guarantees.stream()
                .map(each -> name(each) + " " + each.level().name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static String name(Guarantee guarantee) {
        return guarantee.name().toString();
    }
}
