package dev.safecoder.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.safecoder.Eventually;
import dev.safecoder.process.ProgramOutput.Extent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubprocessTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir Path folder;

    @Test
    void an_end_carries_the_code_and_both_outputs() throws Exception {
        assertThat(Subprocess.run(shell("echo out; echo err >&2; exit 3"), LONG, 100))
                .isEqualTo(new ProgramEnd.Exited(3, whole("out\n"), whole("err\n")));
    }

    @Test
    void a_program_gets_exactly_the_environment_folder_and_input_that_it_is_given()
            throws Exception {
        var command =
                new HostCommand(
                        Path.of("/bin/sh"),
                        List.of("-c", "env | grep -v ^_= | sort; pwd; cat"),
                        Map.of("A", "1"),
                        folder);
        var input = "in".getBytes(StandardCharsets.UTF_8);

        assertThat(Subprocess.run(command, input, LONG, 4096))
                .isEqualTo(
                        new ProgramEnd.Exited(
                                0,
                                whole("A=1\nPWD=%s\n%s\nin".formatted(folder, folder)),
                                whole("")));
    }

    @Test
    void arguments_reach_the_program_as_they_are() throws Exception {
        var odd = List.of("a b", "$(touch x)", "-rf", "", "'\n\"", "ü");
        var command =
                new HostCommand(
                        Path.of("/bin/sh"),
                        Stream.concat(Stream.of("-c", "printf '<%s>' \"$@\"", "sh"), odd.stream())
                                .toList(),
                        Map.of(),
                        folder);

        assertThat(Subprocess.run(command, LONG, 4096))
                .isEqualTo(
                        new ProgramEnd.Exited(
                                0, whole("<a b><$(touch x)><-rf><><'\n\"><ü>"), whole("")));
    }

    @Test
    void of_a_long_output_head_and_tail_are_kept_and_the_program_is_not_held_up() throws Exception {
        var end = Subprocess.run(shell("seq 1 200000"), LONG, 20);

        assertThat(end)
                .isEqualTo(
                        new ProgramEnd.Exited(
                                0,
                                new ProgramOutput(
                                        "1\n2\n3\n4\n5\n\n[... 1288875 bytes left out ...]\n99\n200000\n",
                                        1_288_895,
                                        Extent.HEAD_AND_TAIL),
                                whole("")));
    }

    @Test
    void a_program_past_its_time_is_killed_with_what_it_started() throws Exception {
        var limit = Duration.ofMillis(300);

        var end = Subprocess.run(shell("sleep 3171 & echo $!; wait"), limit, 100);

        assertThat(end).isInstanceOf(ProgramEnd.TimedOut.class);
        long child = Long.parseLong(((ProgramEnd.TimedOut) end).out().text().strip());
        Eventually.holds("the child ended", LONG, () -> !isAlive(child));
    }

    @Test
    void an_interrupt_kills_the_program_with_what_it_started() throws Exception {
        var seen = folder.resolve("pid");
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var run =
                    executor.submit(
                            () ->
                                    Subprocess.run(
                                            shell(
                                                    "sleep 3172 & echo $! >pid.new; mv pid.new pid; wait"),
                                            LONG,
                                            100));
            Eventually.holds("the child runs", LONG, () -> Files.exists(seen));
            run.cancel(true);
        }
        long child = Long.parseLong(Files.readString(seen).strip());
        Eventually.holds("the child ended", LONG, () -> !isAlive(child));
    }

    @Test
    void an_output_held_open_by_a_descendant_delays_nothing() throws Exception {
        long before = System.nanoTime();

        var end = Subprocess.run(shell("sleep 5 & echo done"), LONG, 100);

        assertThat(end).isEqualTo(new ProgramEnd.Exited(0, whole("done\n"), whole("")));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void a_program_that_reads_nothing_is_not_hurt_by_its_input() throws Exception {
        assertThat(Subprocess.run(shell("exit 0"), new byte[1 << 20], LONG, 100))
                .isEqualTo(new ProgramEnd.Exited(0, whole(""), whole("")));
    }

    @Test
    void a_program_that_is_not_there_has_not_started() throws Exception {
        var command = new HostCommand(folder.resolve("none"), List.of(), Map.of(), folder);

        assertThat(Subprocess.run(command, LONG, 100))
                .isInstanceOfSatisfying(
                        ProgramEnd.NotStarted.class,
                        end -> assertThat(end.reason()).contains("No such file or directory"));
    }

    @Test
    void a_relative_program_is_refused() {
        assertThatThrownBy(() -> new HostCommand(Path.of("git"), List.of(), Map.of(), folder))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private HostCommand shell(String script) {
        return new HostCommand(
                Path.of("/bin/sh"), List.of("-c", script), Map.of("PATH", "/usr/bin:/bin"), folder);
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private static ProgramOutput whole(String text) {
        return new ProgramOutput(text, text.getBytes(StandardCharsets.UTF_8).length, Extent.WHOLE);
    }
}
