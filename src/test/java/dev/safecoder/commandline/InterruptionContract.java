package dev.safecoder.commandline;

import static dev.safecoder.threat.ThreatCase.D11;
import static dev.safecoder.threat.ThreatCase.I9;
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.Eventually;
import dev.safecoder.threat.Threat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left when the program ends in the middle of a command, on every backend. */
abstract class InterruptionContract {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir Path folder;
    private Path project;
    private SafeCoder program;
    private String mark;

    abstract String backend();

    @BeforeEach
    void makeProject() throws IOException {
        project = Files.createDirectories(folder.resolve("project"));
        Files.writeString(project.resolve("README"), "one\n");
        program = new SafeCoder(folder.resolve("user"));
        mark = "1" + folder.getFileName().toString().replaceAll("[^0-9]", "");
    }

    @Test
    @Threat(D11)
    void nothing_runs_and_the_session_is_listed_after_a_kill() throws Exception {
        var running = startLongCommand();

        running.process().destroyForcibly();
        assertThat(running.process().waitFor(10, TimeUnit.SECONDS)).isTrue();

        Eventually.holds("the command is gone", SOON, () -> !commandRuns());
        var listed = program.run("ls", "--json");
        assertThat(listed.code()).as(listed.err()).isZero();
        assertThat(listed.json()).hasSize(1);
        assertThat(Tree.of(project)).containsOnlyKeys("README");
        assertThat(leftovers()).isEmpty();
    }

    @Test
    @Threat(I9)
    void ctrl_c_leaves_nothing_and_a_session_that_can_be_reviewed() throws Exception {
        var running = startLongCommand();

        running.signal("INT");
        var finished = running.finish();

        assertThat(finished.code()).as(finished.err()).isEqualTo(130);
        Eventually.holds("the command is gone", SOON, () -> !commandRuns());
        var diff = program.run("diff", "--path", project.toString());
        assertThat(diff.code()).as(diff.err()).isZero();
        assertThat(diff.out()).contains("+begun");
        assertThat(Tree.of(project)).containsOnlyKeys("README");
        assertThat(leftovers()).isEmpty();
    }

    /** Until the command runs; it has written a file by then, before and in the same call. */
    private SafeCoder.Running startLongCommand() throws Exception {
        var script =
                new Script()
                        .turn("")
                        .write("early", "begun\n")
                        .bash("echo begun >late; exec sleep " + mark)
                        .turn("Done.");
        var running =
                program.start(
                        List.of(
                                "run",
                                "-p",
                                "x",
                                "--backend",
                                backend(),
                                "--path",
                                project.toString(),
                                "--model",
                                script.saveIn(folder)));
        Eventually.holds(
                "the command runs", Duration.ofMinutes(1), () -> commandRuns() || ended(running));
        assertThat(commandRuns()).as(Files.readString(running.err())).isTrue();
        return running;
    }

    private static boolean ended(SafeCoder.Running running) {
        return !running.process().isAlive();
    }

    /** Seen from the host: processes of every sandbox are its processes, too. */
    private boolean commandRuns() {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().arguments())
                .anyMatch(arguments -> List.of(arguments.orElse(new String[0])).contains(mark));
    }

    /** What the wall's own system still knows of this test; the state folder names it. */
    private List<String> leftovers() throws IOException, InterruptedException {
        return Walls.leftovers(backend(), program.state());
    }
}
