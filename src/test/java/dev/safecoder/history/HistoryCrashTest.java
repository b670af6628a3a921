package dev.safecoder.history;

import static dev.safecoder.threat.ThreatCase.I6;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.safecoder.threat.NegativeControl;
import dev.safecoder.threat.Threat;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** THREATS.md I6: a step is there whole or not at all, and the next process goes on. */
final class HistoryCrashTest {
    @TempDir Path folder;

    @Test
    @Threat(I6)
    void after_a_kill_at_any_moment_the_last_complete_step_stands() throws Exception {
        var gitFolder = folder.resolve("history.git");
        for (int round = 0; round < 5; round++) {
            int complete = killAfter(gitFolder, 3 + 4 * round);
            try (var history = History.open(gitFolder)) {
                assertThat(history.checkpoints().size() - 1).isGreaterThanOrEqualTo(complete);
                requireWholeSteps(history);
            }
            requireSound(gitFolder);
        }
    }

    private static int killAfter(Path gitFolder, int steps)
            throws IOException, InterruptedException {
        var process =
                ChildJava.of(EndlessSteps.class, Map.of(), List.of(), gitFolder.toString()).start();
        try (BufferedReader said = process.inputReader()) {
            int step = -1;
            for (int line = 0; line < steps; line++) {
                step = Integer.parseInt(said.readLine());
            }
            return step;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static void requireWholeSteps(History history) throws IOException {
        int last = history.checkpoints().size() - 1;
        assertThat(history.tree(last)).hasSize(last == 0 ? 0 : last + 1);
        assertThat(history.tree(0)).hasSize(last);
        for (var entry : history.tree(last).values()) {
            history.bytes(entry.blob());
        }
        for (int step = 1; step <= last; step++) {
            assertThat(history.changes(step - 1, step).changes()).hasSize(2);
        }
    }

    @Test
    @Threat(I6)
    void what_a_dead_owner_left_locked_is_cleared() throws Exception {
        var gitFolder = folder.resolve("history.git");
        try (var history = History.create(gitFolder, Instant.EPOCH)) {
            EndlessSteps.step(history);
        }
        var left =
                List.of(
                        "HEAD.lock",
                        "packed-refs.lock",
                        "refs/heads/main.lock",
                        "objects/tmp_obj_7",
                        "objects/pack/tmp_pack_chain",
                        "incoming/content-1");
        for (var name : left) {
            Files.writeString(gitFolder.resolve(name), "half");
        }
        try (var history = History.open(gitFolder)) {
            assertThat(left).noneMatch(name -> Files.exists(gitFolder.resolve(name)));
            assertThat(EndlessSteps.step(history)).isEqualTo(2);
        }
        requireSound(gitFolder);
    }

    @Test
    @NegativeControl(I6)
    void a_lock_that_nobody_clears_stops_the_next_step() throws Exception {
        var gitFolder = folder.resolve("history.git");
        try (var history = History.create(gitFolder, Instant.EPOCH)) {
            Files.writeString(gitFolder.resolve("refs/heads/main.lock"), "held");
            assertThatThrownBy(() -> EndlessSteps.step(history))
                    .isInstanceOf(HistoryException.class);
            Files.delete(gitFolder.resolve("refs/heads/main.lock"));
            assertThat(EndlessSteps.step(history)).isEqualTo(1);
        }
        requireSound(gitFolder);
    }

    @Test
    void a_step_that_cannot_be_written_changes_nothing_and_can_be_made_again() throws Exception {
        var gitFolder = folder.resolve("history.git");
        var packs = gitFolder.resolve("objects").resolve("pack");
        try (var history = History.create(gitFolder, Instant.EPOCH)) {
            EndlessSteps.step(history);
            var made = history.checkpoints();
            var aside = Files.move(packs, folder.resolve("aside"));
            assertThatThrownBy(() -> EndlessSteps.step(history))
                    .isInstanceOf(HistoryException.class)
                    .hasMessageContaining("cannot be written");
            assertThat(history.checkpoints()).isEqualTo(made);
            Files.move(aside, packs);
            assertThat(EndlessSteps.step(history)).isEqualTo(2);
            requireWholeSteps(history);
        }
        requireSound(gitFolder);
    }

    private void requireSound(Path gitFolder) throws Exception {
        assertThat(
                        new RealGit(folder)
                                .text(
                                        "--git-dir",
                                        gitFolder.toString(),
                                        "fsck",
                                        "--strict",
                                        "--no-dangling",
                                        "--no-progress"))
                .isEmpty();
    }
}
