package dev.safecoder.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.safecoder.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RunningProgramTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final List<String> DIES_WITH_ITS_PARENT =
            List.of("--pdeathsig", "KILL", "sh", "-c", "echo ready; read -r line; echo $line");

    @Test
    void it_answers_on_its_output_and_its_errors_are_its_last_words() throws Exception {
        var program = RunningProgram.start(shell("read -r line; echo $line; echo bad >&2; exit 4"));

        assertThat(program.lastWords()).isEqualTo("it still runs");
        say(program, "hello\n");
        assertThat(new String(program.output().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("hello\n");
        assertThat(program.endsWithin(LONG)).isTrue();
        assertThat(program.lastWords()).isEqualTo("bad");
    }

    @Test
    void a_silent_end_is_named_by_its_exit_code() throws Exception {
        var program = RunningProgram.start(shell("exit 4"));

        assertThat(program.endsWithin(LONG)).isTrue();
        assertThat(program.lastWords()).isEqualTo("it ended with exit code 4");
    }

    @Test
    void kill_ends_it_with_what_it_started() throws Exception {
        var program = RunningProgram.start(shell("sleep 3173 & echo $!; wait"));
        var line = new byte[32];
        int length = program.output().read(line);
        var child = Long.parseLong(new String(line, 0, length, StandardCharsets.UTF_8).strip());

        program.kill();
        program.kill();

        assertThat(program.endsWithin(LONG)).isTrue();
        Eventually.holds(
                "the child ended",
                LONG,
                () -> ProcessHandle.of(child).map(handle -> !handle.isAlive()).orElse(true));
    }

    @Test
    void a_program_that_dies_with_its_parent_outlives_the_thread_that_asked_for_it()
            throws Exception {
        var command =
                new HostCommand(
                        Path.of("/usr/bin/setpriv"),
                        DIES_WITH_ITS_PARENT,
                        Map.of("PATH", "/usr/bin:/bin"),
                        Path.of("/"));
        var started = new AtomicReference<RunningProgram>();
        var asker = Thread.ofPlatform().start(() -> started.set(startUnchecked(command)));
        asker.join();
        var program = started.get();
        assertThat(program.output().readNBytes(6)).asString().isEqualTo("ready\n");

        say(program, "still here\n");

        assertThat(program.output().readAllBytes()).asString().isEqualTo("still here\n");
    }

    @Test
    void the_same_program_started_by_the_asking_thread_itself_dies_with_it() throws Exception {
        var builder = new ProcessBuilder("/usr/bin/setpriv");
        builder.command().addAll(DIES_WITH_ITS_PARENT);
        var started = new AtomicReference<Process>();
        var asker =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        var naive = builder.start();
                                        naive.getInputStream().readNBytes(6);
                                        started.set(naive);
                                    } catch (IOException e) {
                                        throw new UncheckedIOException(e);
                                    }
                                });
        asker.join();

        assertThat(started.get().waitFor()).isEqualTo(137);
    }

    @Test
    void a_program_that_is_not_there_cannot_be_started() {
        var command = new HostCommand(Path.of("/nowhere/none"), List.of(), Map.of(), Path.of("/"));

        assertThatThrownBy(() -> RunningProgram.start(command))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No such file or directory");
    }

    private static RunningProgram startUnchecked(HostCommand command) {
        try {
            return RunningProgram.start(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void say(RunningProgram program, String text) throws IOException {
        program.input().write(text.getBytes(StandardCharsets.UTF_8));
        program.input().flush();
    }

    private static HostCommand shell(String script) {
        return new HostCommand(
                Path.of("/bin/sh"),
                List.of("-c", script),
                Map.of("PATH", "/usr/bin:/bin"),
                Path.of("/"));
    }
}
