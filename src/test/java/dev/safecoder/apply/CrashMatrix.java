package dev.safecoder.apply;

import static dev.safecoder.threat.ThreatCase.I1;
import static dev.safecoder.threat.ThreatCase.I3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.safecoder.apply.ApplyOutcome.Applied;
import dev.safecoder.apply.Recovered.Ending.Postponed;
import dev.safecoder.review.Review;
import dev.safecoder.threat.NegativeControl;
import dev.safecoder.threat.Threat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Stops an apply, an undo and a recovery before single steps that write: before every one of them
 * with {@code -Dsafecoder.matrix=full}, else before every seventh.
 */
abstract class CrashMatrix {
    private static final int STRIDE = "full".equals(System.getProperty("safecoder.matrix")) ? 1 : 7;

    private static final SampleTree OLD = MixedChanges.before();
    private static final SampleTree NEW = MixedChanges.after();
    private static final Review REVIEW = review();
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

    private static Review review() {
        try {
            return MixedChanges.review();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The process is gone: nothing catches it, and no step after it is done. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Something that a user starts. */
    @FunctionalInterface
    private interface Action {
        void run(Applier applier);
    }

    /** Something that a user starts, and what came of it. */
    @FunctionalInterface
    private interface Attempt {
        ApplyOutcome run(Applier applier);
    }

    abstract HostFolder.Opener opener();

    @TempDir(factory = InMemory.class)
    Path folder;

    private Path project;
    private Path state;

    @BeforeEach
    void name() {
        project = folder.resolve("project");
        state = folder.resolve("state");
    }

    private Applier applier(FaultyFolder.Fault fault) {
        var opener = FaultyFolder.opener(opener(), fault);
        return new Applier(state, CLOCK, _ -> {}, opener);
    }

    private Applier applier() {
        return applier(_ -> {});
    }

    private ApplyOutcome apply(Applier applier) {
        return applier.apply(ApplyRequest.of(project, "session", REVIEW));
    }

    private void startOver() throws IOException {
        delete(project);
        delete(state);
        OLD.writeTo(Files.createDirectory(project));
    }

    private Applied startOverApplied() throws IOException {
        startOver();
        return (Applied) apply(applier());
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes seen)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path inside, IOException broken)
                            throws IOException {
                        Files.delete(inside);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    /** Lets so many steps happen, and from then on does what the fault says before each. */
    private static final class After implements FaultyFolder.Fault {
        private final int free;
        private final FaultyFolder.Fault then;
        private int seen;

        After(int free, FaultyFolder.Fault then) {
            this.free = free;
            this.then = then;
        }

        @Override
        public void before(FaultyFolder.Operation operation) throws IOException {
            if (seen++ >= free) {
                then.before(operation);
            }
        }
    }

    private static void crash(FaultyFolder.Operation operation) {
        throw new Crash();
    }

    /** Whether the action came to its end before the crash. */
    private boolean survives(int steps, Action action) {
        try {
            action.run(applier(new After(steps, CrashMatrix::crash)));
            return true;
        } catch (Crash crashed) {
            return false;
        }
    }

    private SampleTree assertOldOrNew(int step) throws IOException {
        var tree = SampleTree.readFrom(project);
        assertThat(tree).as("after a crash before step %d", step).isIn(OLD, NEW);
        assertThat(applier().recover()).as("a second recovery at %d", step).isEmpty();
        return tree;
    }

    @Test
    void there_are_fifty_changes_of_every_kind() {
        assertThat(REVIEW.files()).hasSizeGreaterThanOrEqualTo(MixedChanges.COUNT);
    }

    @Test
    @Threat(I1)
    void an_apply_that_dies_anywhere_leaves_the_old_tree_or_the_new() throws IOException {
        int step = 0;
        int crashes = 0;
        for (boolean done = false; !done; step += STRIDE) {
            startOver();
            done = survives(step, this::apply);
            assertThat(applier().recover())
                    .noneMatch(one -> one.ending() instanceof Recovered.Ending.Postponed);
            var tree = assertOldOrNew(step);
            crashes += done ? 0 : 1;
            if (!done && tree.equals(OLD)) {
                assertThat(apply(applier())).isInstanceOf(Applied.class);
                assertThat(SampleTree.readFrom(project)).isEqualTo(NEW);
            }
        }
        assertThat(step).isGreaterThan(4 * MixedChanges.COUNT);
        MatrixTally.add(getClass(), "apply", "kill", crashes);
    }

    @Test
    @Threat(I1)
    void an_undo_that_dies_anywhere_leaves_the_old_tree_or_the_new() throws IOException {
        boolean done = false;
        int crashes = 0;
        for (int step = 0; !done; step += STRIDE) {
            var applied = startOverApplied();
            done = survives(step, applier -> applier.undo(applied.record()));
            assertThat(applier().recover()).allMatch(one -> one.action() == Recovered.Action.UNDO);
            var tree = assertOldOrNew(step);
            assertThat(applied.record().isKept()).isEqualTo(tree.equals(NEW));
            crashes += done ? 0 : 1;
        }
        assertThat(SampleTree.readFrom(project)).isEqualTo(OLD);
        MatrixTally.add(getClass(), "undo", "kill", crashes);
    }

    @Test
    @Threat(I1)
    void a_recovery_that_dies_anywhere_is_finished_by_the_next() throws IOException {
        var random = new Random(7);
        int crashes = 0;
        for (int round = 0; round < 420 / STRIDE; round++) {
            startOver();
            int step = random.nextInt(400);
            if (survives(step, this::apply)) {
                continue;
            }
            boolean done = false;
            while (!done) {
                done = survives(random.nextInt(80), Applier::recover);
                crashes += done ? 0 : 1;
            }
            assertOldOrNew(step);
        }
        MatrixTally.add(getClass(), "recovery", "kill", crashes);
    }

    @Test
    @NegativeControl({I1, I3})
    void a_copy_file_by_file_that_stops_on_its_way_leaves_neither() throws IOException {
        startOver();
        var copied = new SampleTree();
        for (var path : List.of("src/edited0.c", "src/edited1.c", "added1")) {
            copied = copied.file(path, NEW.content(path));
        }
        copied.writeTo(project);
        assertThatThrownBy(() -> assertOldOrNew(0)).isInstanceOf(AssertionError.class);
    }

    /** How a disk refuses from a step on. */
    private enum Disk {
        /** Once, and then it works again. */
        EIO("Input/output error"),
        /** Whatever needs room, from then on. */
        ENOSPC("No space left on device"),
        /** Everything, from then on. */
        EROFS("Read-only file system");

        private final String reason;

        Disk(String reason) {
            this.reason = reason;
        }

        Refusing from(int step) {
            var seen = new AtomicInteger();
            return new Refusing(
                    reason,
                    operation -> {
                        int now = seen.getAndIncrement();
                        return switch (this) {
                            case EIO -> now == step;
                            case ENOSPC -> now >= step && operation.needsRoom();
                            case EROFS -> now >= step;
                        };
                    });
        }

        /** Whether what was begun can be brought to an end while the disk is like this. */
        boolean canSettle() {
            return this != EROFS;
        }
    }

    /** Refuses steps and remembers that it did. */
    private static final class Refusing implements FaultyFolder.Fault {
        private final String reason;
        private final Predicate<FaultyFolder.Operation> refused;
        private boolean happened;

        Refusing(String reason, Predicate<FaultyFolder.Operation> refused) {
            this.reason = reason;
            this.refused = refused;
        }

        @Override
        public void before(FaultyFolder.Operation operation) throws IOException {
            if (refused.test(operation)) {
                happened = true;
                throw new FileSystemException(operation.subject(), null, reason);
            }
        }
    }

    /** Whether the project holds at once what the action said: all of it, or what was there. */
    private void refuse(Refusing fault, SampleTree before, SampleTree after, Attempt action)
            throws IOException {
        try {
            assertThat(action.run(applier(fault))).isInstanceOf(Applied.class);
            assertThat(withoutStaging(SampleTree.readFrom(project))).isEqualTo(after);
        } catch (ApplyException refused) {
            assertThat(refused.problem()).contains(fault.reason).doesNotContain("There is no");
            if (refused.leftUntouched()) {
                assertThat(withoutStaging(SampleTree.readFrom(project))).isEqualTo(before);
            }
        }
    }

    /** Our own folder may wait for the next start; the user's files may not. */
    private static SampleTree withoutStaging(SampleTree tree) {
        return tree.nodes().keySet().stream()
                .filter(path -> path.startsWith(Staging.PREFIX))
                .reduce(tree, SampleTree::without, (_, last) -> last);
    }

    @ParameterizedTest
    @EnumSource
    @Threat(I3)
    void an_apply_that_the_disk_refuses_leaves_the_old_tree_or_the_new(Disk disk)
            throws IOException {
        boolean done = false;
        int refusals = 0;
        for (int step = 0; !done; step += STRIDE) {
            startOver();
            var fault = disk.from(step);
            refuse(fault, OLD, NEW, this::apply);
            if (disk.canSettle()) {
                assertThat(withoutStaging(SampleTree.readFrom(project))).isIn(OLD, NEW);
            }
            applier().recover();
            assertOldOrNew(step);
            done = !fault.happened;
            refusals += done ? 0 : 1;
        }
        MatrixTally.add(getClass(), "apply", disk.name(), refusals);
    }

    @ParameterizedTest
    @EnumSource
    @Threat(I3)
    void an_undo_that_the_disk_refuses_leaves_the_old_tree_or_the_new(Disk disk)
            throws IOException {
        boolean done = false;
        int refusals = 0;
        for (int step = 0; !done; step += STRIDE) {
            var record = startOverApplied().record();
            var fault = disk.from(step);
            refuse(fault, NEW, OLD, applier -> applier.undo(record));
            if (disk.canSettle()) {
                assertThat(withoutStaging(SampleTree.readFrom(project))).isIn(OLD, NEW);
            }
            applier().recover();
            var tree = assertOldOrNew(step);
            assertThat(record.isKept()).as("step %d", step).isEqualTo(tree.equals(NEW));
            done = !fault.happened;
            refusals += done ? 0 : 1;
        }
        MatrixTally.add(getClass(), "undo", disk.name(), refusals);
    }

    @ParameterizedTest
    @EnumSource
    @Threat(I3)
    void a_recovery_that_the_disk_refuses_is_finished_by_the_next(Disk disk) throws IOException {
        var random = new Random(11);
        int refusals = 0;
        for (int round = 0; round < 420 / STRIDE; round++) {
            startOver();
            int step = random.nextInt(400);
            survives(step, this::apply);
            var fault = disk.from(random.nextInt(80));
            var recovered = applier(fault).recover();
            if (fault.happened) {
                assertThat(recovered)
                        .extracting(Recovered::ending)
                        .singleElement(InstanceOfAssertFactories.type(Postponed.class))
                        .satisfies(one -> assertThat(one.reason()).contains(fault.reason));
                refusals++;
            }
            applier().recover();
            assertOldOrNew(step);
        }
        MatrixTally.add(getClass(), "recovery", disk.name(), refusals);
    }
}
