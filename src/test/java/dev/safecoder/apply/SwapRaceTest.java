package dev.safecoder.apply;

import static dev.safecoder.threat.ThreatCase.B3;
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.Eventually;
import dev.safecoder.apply.ApplyOutcome.Applied;
import dev.safecoder.threat.NegativeControl;
import dev.safecoder.threat.Threat;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** THREATS.md B3: a folder that becomes a symlink and back while files in it are written. */
class SwapRaceTest {
    private static final int ROUNDS = 300;
    private static final SampleTree BASE = new SampleTree().file("d/file", "base\n");
    private static final SampleTree CANARY = new SampleTree().file("file", "canary\n");

    @TempDir(factory = InMemory.class)
    Path folder;

    private Path outside;
    private ApplyFixture fixture;

    @BeforeEach
    void lay() throws IOException {
        outside = Files.createDirectory(folder.resolve("outside"));
        CANARY.writeTo(outside);
        fixture = new ApplyFixture(folder, BASE);
    }

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    private void whileSwapping(Work work) throws Exception {
        var over = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var swapping = threads.submit(() -> swapUntil(over));
            try {
                work.run();
            } finally {
                over.set(true);
            }
            swapping.get();
        }
    }

    private boolean swapUntil(AtomicBoolean over) throws IOException {
        var real = fixture.project().resolve("d");
        var aside = fixture.project().resolve("d.x");
        while (!over.get()) {
            Files.move(real, aside);
            Files.createSymbolicLink(real, outside);
            Files.delete(real);
            Files.move(aside, real);
        }
        return true;
    }

    @Test
    @Threat(B3)
    void no_apply_and_no_undo_ever_reaches_through_the_link() throws Exception {
        whileSwapping(
                () -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        applyAndUndo();
                        assertThat(SampleTree.readFrom(outside)).isEqualTo(CANARY);
                    }
                });
    }

    private void applyAndUndo() throws IOException {
        try {
            if (fixture.apply(BASE.file("d/file", "new\n").file("d/more", "x\n"))
                    instanceof Applied applied) {
                fixture.applier().undo(applied.record());
            }
        } catch (ApplyException interrupted) {
            fixture.applier().recover();
        }
    }

    /** The negative control. */
    @Test
    @NegativeControl(B3)
    void a_naive_writer_reaches_through_the_link() throws Exception {
        whileSwapping(
                () ->
                        Eventually.holds(
                                "the canary is overwritten",
                                Duration.ofSeconds(20),
                                () -> {
                                    writeNaively();
                                    return !SampleTree.readFrom(outside).equals(CANARY);
                                }));
    }

    private void writeNaively() throws IOException {
        for (int i = 0; i < 1_000; i++) {
            try {
                Files.writeString(fixture.project().resolve("d/file"), "naive\n");
            } catch (FileSystemException moving) {
                continue;
            }
        }
    }
}
