package dev.safecoder.commandline;

import static dev.safecoder.threat.ThreatCase.D11;
import static dev.safecoder.threat.ThreatCase.I8;
import static dev.safecoder.threat.ThreatCase.I9;
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.Eventually;
import dev.safecoder.threat.Threat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

    @Test
    @Threat(I8)
    void a_sandbox_that_dies_in_a_step_leaves_the_step_before_and_a_session_that_goes_on()
            throws Exception {
        var running = startLongCommand();

        guestAbove(command().findFirst().orElseThrow()).destroyForcibly();
        var finished = running.finish();

        assertThat(finished.code()).as(finished.err()).isEqualTo(6);
        assertThat(program.run("ls", "--json").json().at("/0/outcome").asText())
                .isEqualTo("failed");
        var diff = program.run("diff", "--name-only", "--path", project.toString());
        assertThat(diff.out().strip()).as("what the dead step wrote").isEqualTo("early");
        var script =
                new Script()
                        .turn("said before")
                        .turn("")
                        .bash("cat early")
                        .turn("Done.")
                        .saveIn(folder);
        var continued = List.of("run", "--continue", "-p", "x", "--output", "json", "--model");
        var all = new ArrayList<>(continued);
        all.addAll(List.of(script, "--backend", backend(), "--path", project.toString()));
        var resumed = program.run(all);
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(resumed.json().at("/tool_calls/0/exit_code").asInt(-1)).isZero();
        assertThat(leftovers()).isEmpty();
    }

    /** The first process of the sandbox. */
    private static ProcessHandle guestAbove(ProcessHandle command) {
        var guest = command;
        for (var parent = command.parent(); parent.isPresent(); parent = parent.get().parent()) {
            if (parent.get().info().command().orElse("").endsWith("/guest")) {
                guest = parent.get();
            }
        }
        assertThat(guest).isNotEqualTo(command);
        return guest;
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
        return command().findAny().isPresent();
    }

    private Stream<ProcessHandle> command() {
        return ProcessHandle.allProcesses()
                .filter(it -> List.of(it.info().arguments().orElse(new String[0])).contains(mark));
    }

    /** What the wall's own system still knows of this test; the state folder names it. */
    private List<String> leftovers() throws IOException, InterruptedException {
        return Walls.leftovers(backend(), program.state());
    }
}
