package dev.safecoder.sandbox.bubblewrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.Eventually;
import dev.safecoder.guest.CommandEnd;
import dev.safecoder.process.ProgramPath;
import dev.safecoder.sandbox.HostProcesses;
import dev.safecoder.sandbox.Sandbox;
import dev.safecoder.sandbox.SandboxSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a sandbox ends, nothing of it is left: no process, control group, folder or record. */
@Tag("bubblewrap")
class BubblewrapEndTest extends BubblewrapScene {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir Path folder;

    @Test
    void a_closed_sandbox_leaves_nothing() throws Exception {
        var sandbox = start(folder);
        sh(sandbox, "touch /tmp/x");

        sandbox.close();

        assertNothingIsLeftOf(sandbox.id());
    }

    @Test
    void a_sandbox_closed_by_an_interrupted_thread_leaves_nothing() throws Exception {
        var word = HostProcesses.unusualSleep();
        var sandbox = start(folder);
        sandbox.guest().start(command("sleep", word), UNHEARD);
        Eventually.holds("running", SOON, () -> HostProcesses.with(word) == 1);

        var stillInterrupted =
                new FutureTask<>(
                        () -> {
                            Thread.currentThread().interrupt();
                            sandbox.close();
                            return Thread.interrupted();
                        });
        Thread.ofPlatform().start(stillInterrupted);

        assertThat(stillInterrupted.get()).isTrue();
        assertThat(HostProcesses.with(word)).isZero();
        assertNothingIsLeftOf(sandbox.id());
    }

    @Test
    void a_sandbox_outlives_the_thread_that_started_it() throws Exception {
        var started = new FutureTask<>(() -> start(folder));
        Thread.ofPlatform().start(started).join();

        try (var sandbox = started.get()) {
            assertThat(sh(sandbox, "echo alive").out()).isEqualTo("alive\n");
        }
    }

    @Test
    void a_sandbox_whose_bubblewrap_is_killed_is_dead_with_all_that_runs_in_it() throws Exception {
        var word = HostProcesses.unusualSleep();
        try (var sandbox = start(folder)) {
            sandbox.guest().start(command("sleep", word), UNHEARD);
            Eventually.holds("running", SOON, () -> HostProcesses.with(word) == 1);

            bubblewrap(sandbox).destroyForcibly();

            Eventually.holds("dead", SOON, () -> HostProcesses.with(word) == 0);
        }
    }

    @Test
    void memory_beyond_the_limit_ends_a_command_and_not_the_sandbox() throws Exception {
        var hog = "b = []\nwhile True: b.append(bytearray(1 << 20))";
        try (var sandbox = start(folder)) {
            assertThat(run(sandbox, command("python3", "-c", hog)).end())
                    .isNotEqualTo(new CommandEnd.Exited(0, 0));
            assertThat(sh(sandbox, "echo alive").out()).isEqualTo("alive\n");
        }
    }

    @Test
    void what_a_dead_owner_left_is_reaped_once() throws Exception {
        var dead = new ProcessBuilder("true").start();
        var left = leave(new SandboxSpec.Owner(HOST, dead.pid(), 0));
        dead.waitFor();

        assertThat(ours().reap(folder.resolve("state"))).isEqualTo(1);
        assertThat(ours().reap(folder.resolve("state"))).isZero();
        assertThat(left.group().folders()).allSatisfy(group -> assertThat(group).doesNotExist());
        assertNothingIsLeftOf("left");
    }

    @Test
    void what_a_living_owner_or_another_host_has_is_left_alone() throws Exception {
        var living = leave(SandboxSpec.Owner.self(HOST));

        assertThat(ours().reap(folder.resolve("state"))).isZero();
        assertThat(living.scratch()).exists();
        living.clear();

        var elsewhere = leave(new SandboxSpec.Owner("elsewhere", 1, 0));
        assertThat(ours().reap(folder.resolve("state"))).isZero();
        assertThat(elsewhere.scratch()).exists();
        elsewhere.clear();
    }

    @Test
    void a_state_folder_that_is_not_there_has_nothing_to_reap() throws Exception {
        assertThat(ours().reap(folder.resolve("nowhere"))).isZero();
    }

    /** A process of a sandbox that outlived its owner is killed with the group that it is in. */
    private Leftovers.Record leave(SandboxSpec.Owner owner) throws Exception {
        var usual = spec(folder, Kind.FOLDER, LIMITS);
        var spec =
                new SandboxSpec(
                        "safe-coder-left-" + usual.name(),
                        usual.sessionId(),
                        owner,
                        usual.stateFolder(),
                        usual.scratch(),
                        usual.guestFolder(),
                        usual.workspace(),
                        usual.uid(),
                        usual.gid(),
                        usual.limits(),
                        usual.network());
        var place =
                ControlGroupPlace.find(
                        Path.of("/"), ProgramPath.of("", List.of()), Map.of(), uid());
        var record =
                Leftovers.in(spec.stateFolder())
                        .record(spec, ControlGroup.plan(place, spec.name(), LIMITS));
        record.group().make(LIMITS);
        Files.writeString(spec.scratch().resolve("file\nof ours"), "x");
        Files.createSymbolicLink(spec.scratch().resolve("link"), folder);
        for (var group : record.group().folders()) {
            var sleeper = new ProcessBuilder("sleep", "600").start();
            Files.writeString(
                    group.resolve("cgroup.procs"),
                    String.valueOf(sleeper.pid()),
                    StandardCharsets.US_ASCII);
        }
        return record;
    }

    private static ProcessHandle bubblewrap(Sandbox sandbox) {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("/bwrap"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no bwrap for " + sandbox.id()));
    }

    private void assertNothingIsLeftOf(String name) throws Exception {
        assertThat(HostTraces.controlGroups(name)).isEmpty();
        assertThat(folder.resolve("state/bubblewrap")).isEmptyDirectory();
        try (var left = Files.list(folder)) {
            assertThat(left).noneMatch(path -> path.toString().contains("scratch"));
        }
    }
}
