package dev.safecoder.workspace;

import static dev.safecoder.threat.ThreatCase.H7;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.safecoder.change.PathState;
import dev.safecoder.change.TreeEntry;
import dev.safecoder.history.History;
import dev.safecoder.path.RelativePath;
import dev.safecoder.threat.NegativeControl;
import dev.safecoder.threat.Threat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedStoreTest {
    private static final int CONTENT = 600_000;
    private static final long BUDGET = 2_000_000;

    @TempDir Path folder;
    private History history;
    private Random random;

    @BeforeEach
    void begin() {
        history = History.create(folder.resolve("history.git"), Instant.EPOCH);
        random = new Random(1);
    }

    @AfterEach
    void end() {
        history.close();
    }

    /** A step that writes a file anew, as a session records it. */
    private void step(ContentStore store) throws IOException {
        var content = new byte[CONTENT];
        random.nextBytes(content);
        var entry = store.store(TreeEntry.Type.FILE, new ByteArrayInputStream(content));
        var state = new PathState(RelativePath.of("file"), Optional.of(entry));
        history.checkpoint("step", "", List.of(), List.of(state), Instant.EPOCH);
    }

    @Test
    @Threat(H7)
    void many_steps_take_no_more_than_the_sessions_budget() throws Exception {
        var store = new BoundedStore(history::store, BUDGET);
        for (int i = 0; i < 3; i++) {
            step(store);
        }

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> step(store))
                    .isInstanceOf(WorkspaceException.class)
                    .hasMessageContaining(
                            "The session's files came to more than 2000000 bytes over all its"
                                    + " checkpoints");
        }
        assertThat(history.checkpoints()).hasSize(4);
        assertThat(history.tree(3)).containsOnlyKeys(RelativePath.of("file"));
        assertThat(size()).isLessThan(BUDGET + CONTENT);
    }

    @Test
    @NegativeControl(H7)
    void a_budget_of_each_step_alone_is_none() throws Exception {
        for (int i = 0; i < 8; i++) {
            step(new BoundedStore(history::store, BUDGET));
        }
        assertThat(size()).isGreaterThan(2 * BUDGET);
    }

    private long size() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
