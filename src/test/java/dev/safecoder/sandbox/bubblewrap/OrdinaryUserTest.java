package dev.safecoder.sandbox.bubblewrap;

import static dev.safecoder.threat.ThreatCase.D19;
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.sandbox.BackendName;
import dev.safecoder.threat.Threat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user without any privilege has the same wall, with weaker limits that are said to be so. */
@Tag("bubblewrap")
@Tag("root") // because only root can become somebody else to try it
class OrdinaryUserTest {
    private static final int UID = 1234;

    @TempDir Path folder;

    private Path home;

    @BeforeEach
    void makeHome() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        home = Files.createDirectory(folder.resolve("home"));
        Files.setAttribute(home, "unix:uid", UID);
        copy(location(BackendName.class), folder.resolve("program"));
        copy(location(OrdinaryUser.class), folder.resolve("tests"));
    }

    @ParameterizedTest
    @Threat(D19)
    @ValueSource(strings = {"overlay", "folder"})
    void an_ordinary_user_gets_a_whole_wall(String kind) throws Exception {
        assertThat(run(kind, "id -un; echo two > a.txt; cat a.txt"))
                .isEqualTo(
                        """
                        usable
                        mounts OVERLAY_AND_FOLDER
                        kernel PARTIAL
                        file-system ENFORCED
                        network ENFORCED
                        memory PARTIAL
                        cpu ABSENT
                        pids PARTIAL
                        disk PARTIAL
                        syscalls ENFORCED
                        privileges ENFORCED
                        agent
                        two
                        Exited[code=0, survivors=0]
                        scratch left: false
                        """);
        assertThat(home.resolve("project/a.txt"))
                .hasContent(kind.equals("overlay") ? "one" : "two");
        var written =
                home.resolve(kind.equals("overlay") ? "session/upper/a.txt" : "project/a.txt");
        assertThat((int) Files.getAttribute(written, "unix:uid")).isEqualTo(UID);
    }

    @Test
    @Threat(D19)
    void without_a_control_group_processes_and_memory_are_limited_one_by_one() throws Exception {
        var script =
                """
                python3 -c 'b = bytearray(600 << 20)' 2>&1 | tail -1
                for i in $(seq 100); do sleep 60 & done 2>&1 | grep -c -i fork
                """;

        assertThat(run("folder", script)).contains("MemoryError\n").doesNotContain("\n0\n");
    }

    /** A JVM reserves gigabytes of addresses; a limit on those would be none to work with. */
    @Test
    void a_jvm_of_the_system_runs_within_the_limits() throws Exception {
        assertThat(run("folder", "java -Xmx64m -version 2>&1 | grep -c Runtime")).contains("\n1\n");
    }

    private String run(String kind, String script) throws Exception {
        var process =
                new ProcessBuilder(
                                "setpriv",
                                "--reuid=" + UID,
                                "--regid=" + UID,
                                "--clear-groups",
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                "%s/program:%s/tests".formatted(folder, folder),
                                OrdinaryUser.class.getName(),
                                home.toString(),
                                kind,
                                script)
                        .redirectErrorStream(true)
                        .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private static Path location(Class<?> type) throws Exception {
        var source = Objects.requireNonNull(type.getProtectionDomain().getCodeSource());
        return Path.of(source.getLocation().toURI());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var paths = Files.walk(from)) {
            for (var path : paths.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }
}
