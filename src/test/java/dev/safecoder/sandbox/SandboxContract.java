package dev.safecoder.sandbox;

import static dev.safecoder.threat.ThreatCase.D11;
import static dev.safecoder.threat.ThreatCase.D13;
import static dev.safecoder.threat.ThreatCase.D14;
import static dev.safecoder.threat.ThreatCase.D15;
import static dev.safecoder.threat.ThreatCase.D2;
import static dev.safecoder.threat.ThreatCase.D3;
import static dev.safecoder.threat.ThreatCase.D6;
import static dev.safecoder.threat.ThreatCase.D7;
import static dev.safecoder.threat.ThreatCase.D8;
import static dev.safecoder.threat.ThreatCase.G2;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.Eventually;
import dev.safecoder.guest.Command;
import dev.safecoder.guest.CommandEnd;
import dev.safecoder.guest.ScanRequest.Extent;
import dev.safecoder.threat.Threat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every wall must hold and what must work behind it; one subclass for each backend. */
public abstract class SandboxContract extends SandboxScene {
    @TempDir protected Path folder;

    @Test
    void it_is_usable_here() throws Exception {
        assertThat(backend(folder).availability()).isInstanceOf(Availability.Usable.class);
    }

    @Test
    void a_command_ends_with_its_code_and_its_two_outputs_apart() throws Exception {
        try (var sandbox = start(folder)) {
            assertThat(sh(sandbox, "echo out; echo err >&2; exit 3"))
                    .isEqualTo(new Result(new CommandEnd.Exited(3, 0), "out\n", "err\n"));
        }
    }

    @Test
    void a_program_that_is_not_there_is_an_end_of_its_own() throws Exception {
        try (var sandbox = start(folder)) {
            assertThat(run(sandbox, command("/no/such/program")).end())
                    .isEqualTo(new CommandEnd.NotStarted(2, "exec"));
        }
    }

    @Test
    @Threat(G2)
    void a_command_sees_exactly_the_environment_that_it_was_given() throws Exception {
        try (var sandbox = start(folder)) {
            var lines = run(sandbox, command("env")).out().lines().sorted().toList();
            assertThat(lines)
                    .isEqualTo(List.of("HOME=/home/agent", "PATH=/usr/local/bin:/usr/bin:/bin"));
        }
    }

    @Test
    void input_is_read_to_its_end() throws Exception {
        try (var sandbox = start(folder)) {
            var output = new Taken();
            var wc = command("wc", "-c").with(new Command.Streams.Piped());
            try (var running = sandbox.guest().start(wc, output)) {
                try (var input = running.input()) {
                    input.write(new byte[300_000]);
                }
                assertThat(running.await()).isEqualTo(new CommandEnd.Exited(0, 0));
            }
            assertThat(output.out()).isEqualTo("300000\n");
        }
    }

    @Test
    void a_terminal_has_its_size_and_takes_a_new_one() throws Exception {
        try (var sandbox = start(folder)) {
            var output = new Taken();
            var script = "stty size; read line; stty size; test -t 0 && test -t 2 && echo tty";
            var shell = command("sh", "-c", script).with(new Command.Streams.Terminal(24, 80));
            try (var running = sandbox.guest().start(shell, output)) {
                Eventually.holds(
                        "first size",
                        Duration.ofSeconds(10),
                        () -> output.out().startsWith("24 80"));
                running.resize(50, 132);
                running.input().write("\n".getBytes(UTF_8));
                running.input().flush();
                assertThat(running.await()).isEqualTo(new CommandEnd.Exited(0, 0));
            }
            assertThat(output.out()).contains("50 132").contains("tty");
        }
    }

    @Test
    void a_signal_ends_a_command() throws Exception {
        try (var sandbox = start(folder);
                var running = sandbox.guest().start(command("sleep", "600"), new Taken())) {
            running.signal(15);
            assertThat(running.await()).isEqualTo(new CommandEnd.Signalled(15, 0));
        }
    }

    @Test
    void a_command_past_its_time_limit_is_killed_with_all_that_it_started() throws Exception {
        var word = HostProcesses.unusualSleep();
        try (var sandbox = start(folder)) {
            var script = "sleep %s & setsid sleep %s & sleep %s".formatted(word, word, word);
            var limit = Duration.ofMillis(500);
            assertThat(run(sandbox, command("sh", "-c", script).within(limit)).end())
                    .isEqualTo(new CommandEnd.TimedOut(limit));
            Eventually.holds("killed", Duration.ofSeconds(5), () -> HostProcesses.with(word) == 0);
        }
    }

    @Test
    void many_commands_run_at_once_and_much_output_arrives_whole() throws Exception {
        try (var sandbox = start(folder);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Result> loud = () -> sh(sandbox, "head -c 1000000 /dev/zero | tr '\\0' x");
            var ends = threads.invokeAll(Collections.nCopies(20, loud));
            for (var end : ends) {
                assertThat(end.get()).isEqualTo(Result.exited(0, "x".repeat(1_000_000)));
            }
        }
    }

    @Test
    void everything_runs_as_the_owner_with_a_home_and_a_tmp_to_write_to() throws Exception {
        try (var sandbox = start(folder)) {
            var script = "id -u; id -g; touch ~/x /tmp/x && stat -c %u /workspace/a.txt; pwd";
            assertThat(sh(sandbox, script))
                    .isEqualTo(Result.exited(0, "%1$d\n%1$d\n%1$d\n/workspace\n".formatted(uid())));
        }
    }

    @Test
    void changes_are_seen_and_the_project_stays_as_it_was() throws Exception {
        for (var kind : workspaces()) {
            var place = Files.createDirectory(folder.resolve(kind.name()));
            try (var sandbox = start(place, kind, LIMITS)) {
                var before = snapshot(project(place));
                scan(sandbox, Extent.BASELINE);
                assertThat(sh(sandbox, "echo two > a.txt; rm folder/b.txt; echo new > 'new file'"))
                        .isEqualTo(Result.exited(0, ""));
                assertThat(scan(sandbox, Extent.DELTA))
                        .as(kind.name())
                        .isEqualTo(
                                Map.of(
                                        "a.txt", "FILE two\n",
                                        "folder/b.txt", "GONE ",
                                        "new file", "FILE new\n"));
                assertThat(snapshot(project(place))).isEqualTo(before);
            }
        }
    }

    @Test
    void the_path_of_a_project_may_hold_any_character() throws Exception {
        var odd = Files.createDirectory(folder.resolve("a:b, c\\d \"e\" 'f' ü=%s\ng"));
        for (var kind : workspaces()) {
            if (kind != Kind.STREAMED) {
                var place = Files.createDirectory(odd.resolve(kind.name()));
                makeProject(place);
                try (var sandbox =
                        backend(folder).start(spec(folder, mount(place, kind), LIMITS), _ -> {})) {
                    assertThat(sh(sandbox, "cat a.txt; echo two > a.txt; cat a.txt"))
                            .isEqualTo(Result.exited(0, "one\ntwo\n"));
                    assertThat(project(place).resolve("a.txt")).hasContent("one\n");
                }
            }
        }
    }

    @Test
    void an_interrupted_start_leaves_nothing() throws Exception {
        makeProject(folder);
        var backend = backend(folder);
        for (int millis = 0; millis < 400; millis += 80) {
            var spec = spec(folder, workspaces().getFirst(), LIMITS);
            var outcome = new CompletableFuture<String>();
            var starter = Thread.ofVirtual().start(() -> outcome.complete(tryStart(backend, spec)));
            starter.join(Duration.ofMillis(millis + 1));
            starter.interrupt();
            assertThat(outcome.get(30, TimeUnit.SECONDS)).isIn("interrupted", "started");
            Eventually.holds(
                    "nothing is left", Duration.ofSeconds(10), () -> leftOf(spec).isEmpty());
        }
    }

    /** What the engine still knows of a sandbox that is closed or never came up. */
    protected List<String> leftOf(SandboxSpec spec) throws Exception {
        return List.of();
    }

    private static String tryStart(Backend backend, SandboxSpec spec) {
        try (var sandbox = backend.start(spec, _ -> {})) {
            return sandbox.id().isEmpty() ? "nameless" : "started";
        } catch (InterruptedException e) {
            return "interrupted";
        } catch (RuntimeException e) {
            return e.toString();
        }
    }

    @ParameterizedTest
    @EnumSource(WallCheck.class)
    @Threat({D2, D3, D6, D13, D14, D15})
    void the_wall_holds(WallCheck check) throws Exception {
        try (var canaries = HostCanaries.in(folder);
                var sandbox = start(folder)) {
            assertThat(check(sandbox, check, canaries.facts())).isEqualTo("held\n");
            assertThat(canaries.wasReached()).isFalse();
        }
    }

    @Test
    @Threat(D7)
    void the_processes_of_the_sandbox_cannot_exceed_their_number() throws Exception {
        var bomb =
                """
                import os, signal
                count = 0
                try:
                    while True:
                        if os.fork() == 0:
                            signal.pause()
                        count += 1
                except BlockingIOError:
                    print('stopped', count < %d)
                """
                        .formatted(LIMITS.pids());
        try (var sandbox = start(folder)) {
            var result = run(sandbox, command("python3", "-c", bomb));
            assertThat(result.out()).isEqualTo("stopped True\n");
            assertThat(sh(sandbox, "echo alive")).isEqualTo(Result.exited(0, "alive\n"));
        }
    }

    @Test
    @Threat(D7)
    void a_fork_bomb_ends_with_its_command() throws Exception {
        try (var sandbox = start(folder)) {
            var bomb = command("bash", "-c", "b() { b | b & }; b; sleep 60");
            run(sandbox, bomb.within(Duration.ofSeconds(2)));
            assertThat(sh(sandbox, "echo alive")).isEqualTo(Result.exited(0, "alive\n"));
        }
    }

    @Test
    @Threat(D8)
    void memory_beyond_the_limit_is_not_had() throws Exception {
        try (var sandbox = start(folder)) {
            var hog = "b = bytearray(%d); print(len(b))".formatted(LIMITS.memoryBytes() * 2);
            var result = run(sandbox, command("python3", "-c", hog));
            assertThat(result.out()).isEmpty();
            assertThat(result.end()).isNotEqualTo(new CommandEnd.Exited(0, 0));
            assertThat(sh(sandbox, "echo alive")).isEqualTo(Result.exited(0, "alive\n"));
        }
    }

    @Test
    void what_its_processes_take_is_told() throws Exception {
        var holder = "{ head -c 48000000 /dev/zero; sleep 60; } | tail -c 48000000";
        try (var sandbox = start(folder);
                var _ = sandbox.guest().start(command("sh", "-c", holder), new Taken())) {
            Callable<Long> held = () -> SandboxLoad.of(sandbox.guest()).orElseThrow().memoryBytes();
            Eventually.holds("48 MB", Duration.ofSeconds(30), () -> held.call() > 48_000_000);
        }
    }

    @Test
    @Threat(D8)
    void a_full_tmp_does_not_reach_the_disk_of_the_host() throws Exception {
        try (var sandbox = start(folder)) {
            for (var place : List.of("/tmp", "/dev/shm", "/home/agent", "/var/tmp", "/run")) {
                var script = "head -c %d /dev/zero > %s/x".formatted(LIMITS.memoryBytes(), place);
                assertThat(sh(sandbox, script).end())
                        .as(place)
                        .isNotEqualTo(new CommandEnd.Exited(0, 0));
                sh(sandbox, "rm -f %s/x".formatted(place));
            }
            assertThat(sh(sandbox, "echo alive")).isEqualTo(Result.exited(0, "alive\n"));
        }
    }

    @Test
    void processor_time_stays_within_the_limit_where_that_is_promised() throws Exception {
        var spin =
                """
                import os, time
                pids = [os.fork() for _ in range(1)]
                end = time.monotonic() + 2
                while time.monotonic() < end:
                    pass
                if pids == [0]:
                    os._exit(0)
                os.wait()
                print(sum(os.times()[:4]) < 1.5)
                """;
        try (var sandbox = start(folder, workspaces().getFirst(), halfAProcessor())) {
            if (level(sandbox, Guarantee.Name.CPU) == Guarantee.Level.ENFORCED) {
                assertThat(run(sandbox, command("python3", "-c", spin)))
                        .isEqualTo(Result.exited(0, "True\n"));
            }
        }
    }

    private static Limits halfAProcessor() {
        return new Limits(0.5, LIMITS.memoryBytes(), LIMITS.pids(), LIMITS.diskBytes());
    }

    private static Guarantee.Level level(Sandbox sandbox, Guarantee.Name name) {
        return Objects.requireNonNull(levels(sandbox).get(name));
    }

    /** The levels of all guarantees of a running sandbox, as seen from outside. */
    protected static Map<Guarantee.Name, Guarantee.Level> levels(Sandbox sandbox) {
        var levels = new HashMap<Guarantee.Name, Guarantee.Level>();
        for (var guarantee : sandbox.inspect()) {
            levels.put(guarantee.name(), guarantee.level());
        }
        return levels;
    }

    @Test
    void every_guarantee_is_reported_once_with_evidence() throws Exception {
        try (var sandbox = start(folder)) {
            var guarantees = sandbox.inspect();
            assertThat(guarantees.stream().map(Guarantee::name).sorted().toList())
                    .isEqualTo(List.of(Guarantee.Name.values()));
            assertThat(guarantees).noneMatch(guarantee -> guarantee.evidence().isBlank());
        }
    }

    @Test
    void nothing_survives_a_close_and_closing_again_is_harmless() throws Exception {
        var word = HostProcesses.unusualSleep();
        var sandbox = start(folder);
        try {
            sandbox.guest().start(command("sleep", word), new Taken());
            Eventually.holds(
                    "running", Duration.ofSeconds(10), () -> HostProcesses.with(word) == 1);
            sandbox.close();
            assertThat(HostProcesses.with(word)).isZero();
        } finally {
            sandbox.close();
        }
    }

    @Test
    @Threat(D11)
    void nothing_survives_the_kill_of_the_owning_process() throws Exception {
        var word = HostProcesses.unusualSleep();
        var owner = startOwner(word);
        try {
            var first = owner.inputReader(StandardCharsets.UTF_8).readLine();
            assertThat(first).startsWith("id ");
            Eventually.holds(
                    "running", Duration.ofSeconds(10), () -> HostProcesses.with(word) == 2);
        } finally {
            owner.destroyForcibly().waitFor();
        }
        Eventually.holds("dead", Duration.ofSeconds(5), () -> HostProcesses.with(word) == 0);
        backend(folder).reap(folder.resolve("state"));
        assertThat(backend(folder).reap(folder.resolve("state"))).isZero();
    }

    private Process startOwner(String word) throws Exception {
        var arguments = new ArrayList<String>();
        arguments.add(ProcessHandle.current().info().command().orElseThrow());
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(PROPERTIES))
                .forEach(
                        name -> arguments.add("-D%s=%s".formatted(name, System.getProperty(name))));
        arguments.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
        arguments.add(System.getProperty("java.class.path"));
        arguments.addAll(List.of(KilledOwner.class.getName(), getClass().getName()));
        arguments.addAll(List.of(folder.toString(), word));
        return new ProcessBuilder(arguments).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
