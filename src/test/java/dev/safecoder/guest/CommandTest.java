package dev.safecoder.guest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.safecoder.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands in a real guest: what they are given, what they say, how they end. */
@Timeout(60)
class CommandTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final CommandEnd SUCCESS = new CommandEnd.Exited(0, 0);

    @TempDir Path scratch;
    @TempDir Path root;
    private Guest guest;

    @BeforeEach
    void start() throws Exception {
        guest = RealGuest.connect(scratch, root);
    }

    @AfterEach
    void stop() {
        guest.close();
    }

    private String outputOf(Command command) throws InterruptedException {
        var output = new Collected();
        assertThat(guest.run(command, output)).isEqualTo(SUCCESS);
        assertThat(output.err()).isEmpty();
        return output.out();
    }

    @Test
    void the_guest_says_who_it_is() {
        assertThat(guest.hello())
                .isEqualTo(
                        new GuestHello(1, GuestHello.View.PLAIN, 0, 0, RealGuest.architecture()));
    }

    @Test
    void output_and_errors_come_apart_and_the_code_comes_last() throws Exception {
        var output = new Collected();
        var end = guest.run(RealGuest.shell("echo out; echo err >&2; exit 7"), output);
        assertThat(end).isEqualTo(new CommandEnd.Exited(7, 0));
        assertThat(output.out()).isEqualTo("out\n");
        assertThat(output.err()).isEqualTo("err\n");
    }

    @Test
    void arguments_arrive_as_they_are() throws Exception {
        var arguments = List.of("", " ", "a b", "line\nbreak", "$HOME", "'\"`\\", "*", "ünï💣");
        var script = List.of("/usr/bin/printf", "[%s]");
        var all = Stream.of(script, arguments).flatMap(List::stream).toList();
        assertThat(outputOf(Command.of(all, Map.of(), ".")))
                .isEqualTo("[" + String.join("][", arguments) + "]");
    }

    @Test
    void the_environment_is_the_one_given_with_the_guests_own_path() throws Exception {
        var command = Command.of(List.of("/usr/bin/env"), Map.of("A", "1=2", "B", ""), ".");
        assertThat(outputOf(command).lines())
                .containsExactlyInAnyOrder("A=1=2", "B=", "PATH=/usr/local/bin:/usr/bin:/bin");
    }

    @Test
    void a_path_that_is_given_is_the_path() throws Exception {
        var command = Command.of(List.of("/usr/bin/env"), Map.of("PATH", "/bin"), ".");
        assertThat(outputOf(command)).isEqualTo("PATH=/bin\n");
    }

    @Test
    void it_starts_in_the_folder_given() throws Exception {
        Files.createDirectories(root.resolve("deep/er"));
        var command = Command.of(List.of("/bin/pwd"), Map.of(), "deep/er");
        assertThat(outputOf(command)).isEqualTo(root.toRealPath().resolve("deep/er") + "\n");
    }

    @Test
    void bytes_that_are_no_text_arrive_as_they_are() throws Exception {
        var output = new Collected();
        guest.run(RealGuest.shell("printf '\\377\\376\\000\\200\\303'"), output);
        assertThat(output.outBytes())
                .isEqualTo(new byte[] {(byte) 0xff, (byte) 0xfe, 0, (byte) 0x80, (byte) 0xc3});
    }

    @Test
    void what_cannot_start_says_which_step_and_why() throws Exception {
        assertThat(guest.run(Command.of(List.of("/nowhere"), Map.of(), "."), new Collected()))
                .isEqualTo(new CommandEnd.NotStarted(2, "exec"));
        assertThat(guest.run(Command.of(List.of("/bin/true"), Map.of(), "gone"), new Collected()))
                .isEqualTo(new CommandEnd.NotStarted(2, "chdir"));
    }

    @Test
    void what_no_kernel_would_start_is_refused_and_the_guest_lives_on() throws Exception {
        var huge = Command.of(List.of("/bin/true", "x".repeat(70_000)), Map.of(), ".");
        assertThat(guest.run(huge, new Collected()))
                .isEqualTo(new CommandEnd.NotStarted(7, "exec"));
        var nul = Command.of(List.of("/bin/true", "a\0b"), Map.of(), ".");
        assertThat(guest.run(nul, new Collected()))
                .isEqualTo(new CommandEnd.NotStarted(22, "exec"));
        assertThat(guest.run(RealGuest.shell("exit 0"), new Collected())).isEqualTo(SUCCESS);
    }

    @Test
    void a_signal_that_ends_it_is_told() throws Exception {
        assertThat(guest.run(RealGuest.shell("kill -TERM $$"), new Collected()))
                .isEqualTo(new CommandEnd.Signalled(15, 0));
    }

    @Test
    void a_signal_reaches_what_the_command_started() throws Exception {
        var output = new Collected();
        var child = "trap 'echo caught; exit' TERM; echo ready; while :; do sleep 0.01; done";
        var script = "trap 'wait; exit 5' TERM; (%s) & wait".formatted(child);
        try (var running = guest.start(RealGuest.shell(script), output)) {
            Eventually.holds("it is ready", LIMIT, () -> output.out().equals("ready\n"));
            running.signal(15);
            assertThat(running.await()).isEqualTo(new CommandEnd.Exited(5, 0));
            assertThat(output.out()).isEqualTo("ready\ncaught\n");
        }
    }

    @Test
    void what_it_leaves_behind_is_killed_and_counted() throws Exception {
        var script = "sleep 1000 & setsid sleep 1000 >/dev/null 2>&1 & echo $!; exit 0";
        var output = new Collected();
        assertThat(guest.run(RealGuest.shell(script), output))
                .isEqualTo(new CommandEnd.Exited(0, 2));
        assertThat(Path.of("/proc", output.out().strip())).doesNotExist();
    }

    @Test
    void a_command_past_its_time_is_killed_with_all_it_started() throws Exception {
        var limit = Duration.ofMillis(200);
        var output = new Collected();
        var script = "echo before; sleep 1000 & echo $!; wait";
        assertThat(guest.run(RealGuest.shell(script).within(limit), output))
                .isEqualTo(new CommandEnd.TimedOut(limit));
        var lines = output.out().lines().toList();
        assertThat(lines.getFirst()).isEqualTo("before");
        assertThat(Path.of("/proc", lines.getLast())).doesNotExist();
    }

    @Test
    void closing_kills_it_and_its_end_says_so() throws Exception {
        var output = new Collected();
        var running = guest.start(RealGuest.shell("echo $$; exec sleep 1000"), output);
        Eventually.holds("it runs", LIMIT, () -> output.out().endsWith("\n"));
        running.close();
        assertThat(running.await()).isEqualTo(new CommandEnd.Signalled(9, 0));
        assertThat(Path.of("/proc", output.out().strip())).doesNotExist();
    }

    @Test
    void an_interrupt_kills_it_and_the_guest_lives_on() throws Exception {
        var output = new Collected();
        var caller =
                InterruptedCaller.of(
                        () -> guest.run(RealGuest.shell("echo $$; exec sleep 1000"), output));
        Eventually.holds("it runs", LIMIT, () -> output.out().endsWith("\n"));
        caller.interruptOnceItWaits();
        var process = Path.of("/proc", output.out().strip());
        Eventually.holds("it is gone", LIMIT, () -> Files.notExists(process));
        assertThat(outputOf(RealGuest.shell("echo more"))).isEqualTo("more\n");
    }

    @Test
    void its_taker_may_stop_it_from_within_its_output() throws Exception {
        var taken =
                new Object() {
                    int bytes;
                };
        var output =
                new CommandOutput() {
                    private Optional<RunningCommand> running = Optional.empty();

                    @Override
                    public void started(RunningCommand command) {
                        running = Optional.of(command);
                    }

                    @Override
                    public void out(byte[] bytes) {
                        taken.bytes += bytes.length;
                        if (taken.bytes > 1_000_000) {
                            running.orElseThrow().close();
                        }
                    }

                    @Override
                    public void err(byte[] bytes) {}
                };
        assertThat(guest.run(RealGuest.shell("cat /dev/zero"), output))
                .isEqualTo(new CommandEnd.Signalled(9, 0));
        assertThat(taken.bytes).isBetween(1_000_000, 1_400_000);
    }

    @Test
    void what_its_taker_throws_is_thrown_to_whoever_waits() throws Exception {
        var output =
                new CommandOutput() {
                    @Override
                    public void out(byte[] bytes) {
                        throw new IllegalStateException("full");
                    }

                    @Override
                    public void err(byte[] bytes) {}
                };
        assertThatThrownBy(() -> guest.run(RealGuest.shell("cat /dev/zero"), output))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("full");
        assertThat(outputOf(RealGuest.shell("echo more"))).isEqualTo("more\n");
    }

    @Test
    void limits_hold() throws Exception {
        var limit = new Command.ResourceLimit(Command.Resource.OPEN_FILES, 17);
        var shell = RealGuest.shell("ulimit -n");
        var limited =
                new Command(
                        shell.arguments(),
                        shell.environment(),
                        ".",
                        Optional.empty(),
                        new Command.Streams.Closed(),
                        List.of(limit));
        assertThat(outputOf(limited)).isEqualTo("17\n");
    }

    @Test
    void input_is_written_through_and_ended() throws Exception {
        var output = new Collected();
        var command = RealGuest.shell("cat; echo done").with(new Command.Streams.Piped());
        try (var running = guest.start(command, output)) {
            running.input().write("one ".getBytes(UTF_8));
            Eventually.holds("it comes back", LIMIT, () -> output.out().equals("one "));
            running.input().write("two ".getBytes(UTF_8));
            running.input().close();
            assertThat(running.await()).isEqualTo(SUCCESS);
            assertThat(output.out()).isEqualTo("one two done\n");
        }
    }

    @Test
    void input_after_the_end_is_an_io_exception() throws Exception {
        var command = RealGuest.shell("exit 0").with(new Command.Streams.Piped());
        try (var running = guest.start(command, new Collected())) {
            running.await();
            assertThatThrownBy(() -> running.input().write(1))
                    .isInstanceOf(IOException.class)
                    .hasMessage("nobody reads in the sandbox any more");
        }
    }

    @Test
    void a_command_started_without_input_has_none() throws Exception {
        assertThat(outputOf(RealGuest.shell("cat"))).isEmpty();
        try (var running = guest.start(RealGuest.shell("exit 0"), new Collected())) {
            assertThatThrownBy(running::input).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void a_terminal_has_a_size_that_changes() throws Exception {
        var output = new Collected();
        var script =
                "stty -echo; tty -s && stty size; trap 'stty size; exit 0' WINCH; echo ready;"
                        + " while :; do sleep 0.01; done";
        var terminal = RealGuest.shell(script).with(new Command.Streams.Terminal(24, 80));
        try (var running = guest.start(terminal, output)) {
            Eventually.holds("it is ready", LIMIT, () -> output.out().contains("ready"));
            running.resize(50, 132);
            assertThat(running.await()).isInstanceOf(CommandEnd.Exited.class);
            assertThat(output.out()).isEqualTo("24 80\r\nready\r\n50 132\r\n");
        }
    }

    @Test
    void a_terminal_takes_input_and_its_end() throws Exception {
        var output = new Collected();
        var terminal =
                RealGuest.shell("stty -echo; echo ready; cat")
                        .with(new Command.Streams.Terminal(24, 80));
        try (var running = guest.start(terminal, output)) {
            Eventually.holds("it is ready", LIMIT, () -> output.out().contains("ready"));
            running.input().write("line\n".getBytes(UTF_8));
            running.input().close();
            assertThat(running.await()).isEqualTo(SUCCESS);
            assertThat(output.out()).isEqualTo("ready\r\nline\r\n");
        }
    }
}
