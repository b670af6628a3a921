package dev.safecoder.commandline;

import static dev.safecoder.threat.ThreatCase.D19;
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.threat.NegativeControl;
import dev.safecoder.threat.Threat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts on which a wall cannot be built, made for real: a run that names the wall does not run. */
class RestrictedHostTest {
    private static final String[] OWN_USER_NAMESPACE = {"unshare", "--user", "--map-root-user"};
    private static final String NO_MORE =
            "echo 0 >/proc/sys/user/max_user_namespaces && exec \"$@\"";

    /**
     * As the filters of container engines do: a clone that asks for a user namespace is refused.
     */
    private static final String FILTERED =
            """
            import ctypes, os, struct, sys

            LOAD, IF_EQUAL, IF_ANY_BIT, RETURN = 0x20, 0x15, 0x45, 0x06
            NUMBER, FIRST_ARGUMENT = 0, 16
            CLONE = {'x86_64': 56, 'aarch64': 220}[os.uname().machine]
            NEW_USER_NAMESPACE = 0x10000000
            REFUSE, ALLOW = 0x00050001, 0x7fff0000
            code = b''.join(struct.pack('HBBI', *step) for step in [
                (LOAD, 0, 0, NUMBER),
                (IF_EQUAL, 0, 3, CLONE),
                (LOAD, 0, 0, FIRST_ARGUMENT),
                (IF_ANY_BIT, 0, 1, NEW_USER_NAMESPACE),
                (RETURN, 0, 0, REFUSE),
                (RETURN, 0, 0, ALLOW)])

            class Filter(ctypes.Structure):
                _fields_ = [('length', ctypes.c_ushort), ('code', ctypes.c_char_p)]

            libc = ctypes.CDLL(None)
            if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(
                    22, 2, ctypes.byref(Filter(len(code) // 8, code)), 0, 0):
                sys.exit('no filter')
            os.execvp(sys.argv[1], sys.argv[1:])
            """;

    @TempDir Path folder;
    private SafeCoder program;
    private Path project;

    @BeforeEach
    void makeProject() throws IOException {
        program = new SafeCoder(folder.resolve("user"));
        project = Files.createDirectories(folder.resolve("project"));
    }

    private SafeCoder.Finished run(String backend) throws Exception {
        var script = new Script().turn("").bash("echo agent >made").turn("Done.").saveIn(folder);
        return program.run(
                "run",
                "-p",
                "x",
                "--model",
                script,
                "--path",
                project.toString(),
                "--apply",
                "all",
                "--backend",
                backend);
    }

    /** What tells that the agent ran, behind whatever wall or none. */
    private List<String> signsOfARun(SafeCoder.Finished finished) throws IOException {
        var signs = new ArrayList<String>();
        if (finished.code() != 6) {
            signs.add("exit code " + finished.code());
        }
        if (Files.exists(project.resolve("made"))) {
            signs.add("the agent's file");
        }
        var sessions = program.state().resolve("sessions").toFile().list();
        if (sessions != null && sessions.length > 0) {
            signs.add("a session");
        }
        return signs;
    }

    private void assertRefused(String backend, String reason) throws Exception {
        var finished = run(backend);

        assertThat(signsOfARun(finished)).as(finished.err()).isEmpty();
        assertThat(finished.out()).isEmpty();
        assertThat(finished.err())
                .contains("Backend '%s' is not usable: ".formatted(backend), reason, "Try: ");
    }

    @Test
    @Tag("bubblewrap")
    @Threat(D19)
    void without_user_namespaces_bubblewrap_is_refused() throws Exception {
        var words = new ArrayList<>(List.of(OWN_USER_NAMESPACE));
        words.addAll(List.of("sh", "-c", NO_MORE, "sh"));
        program.behind(words.toArray(String[]::new));

        assertRefused("bubblewrap", "user.max_user_namespaces = 0");
    }

    @Test
    @Tag("bubblewrap")
    @Threat(D19)
    void under_a_filter_that_forbids_them_bubblewrap_is_refused() throws Exception {
        program.behind("python3", "-c", FILTERED);

        assertRefused("bubblewrap", "No permissions to create");
    }

    @Test
    @Tag("docker")
    @Threat(D19)
    void without_its_engine_docker_is_refused() throws Exception {
        program.with("DOCKER_HOST", "unix://" + folder.resolve("no.sock"));

        assertRefused("docker", "(DOCKER_HOST) does not answer");
    }

    @Test
    @Tag("podman")
    @Threat(D19)
    void without_its_engine_podman_is_refused() throws Exception {
        program.with("CONTAINER_HOST", "unix://" + folder.resolve("no.sock"));

        assertRefused("podman", "(CONTAINER_HOST) does not answer");
    }

    @Test
    @Tag("bubblewrap")
    @NegativeControl(D19)
    void nested_but_not_restricted_the_same_run_is_seen() throws Exception {
        program.behind(OWN_USER_NAMESPACE);

        assertThat(signsOfARun(run("bubblewrap")))
                .containsExactly("exit code 0", "the agent's file", "a session");
    }

    @Test
    @Tag("bubblewrap")
    @NegativeControl(D19)
    void one_wall_for_another_is_seen() throws Exception {
        program.with("DOCKER_HOST", "unix://" + folder.resolve("no.sock"));

        assertThat(signsOfARun(run("auto")))
                .containsExactly("exit code 0", "the agent's file", "a session");
    }
}
