package dev.safecoder.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.apply.InMemory;
import dev.safecoder.apply.MatrixTally;
import dev.safecoder.commandline.CrashScene.Action;
import dev.safecoder.commandline.SystemFault.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The program as a process of its own, which strace kills at single system calls of apply, undo and
 * recovery, or whose calls it lets the disk refuse; a second process then goes on. Every call that
 * writes to the project or the state folder with {@code -Dsafecoder.matrix=full}, or with {@code
 * -Dsafecoder.matrix.stride=N} every Nth of them; else a few.
 */
@Tag("bubblewrap")
@Timeout(value = 6, unit = TimeUnit.HOURS) // for a part in full; each process has its own limit
class ProcessCrashMatrixTest {
    private static final boolean FULL = "full".equals(System.getProperty("safecoder.matrix"));
    private static final int STRIDE = Integer.getInteger("safecoder.matrix.stride", 1);
    private static final int SCENES = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
    private static final List<CrashScene> scenes = new ArrayList<>();
    private static List<SystemCall> callsOfApply = List.of();

    /** What the project holds before and after an apply, with all that the user wrote by then. */
    private record Trees(Map<String, String> before, Map<String, String> after) {
        boolean has(Map<String, String> tree) {
            return tree.equals(before) || tree.equals(after);
        }

        /** The paths at which a tree is like neither, or like one here and the other there. */
        String differences(Map<String, String> tree) {
            return "not as before at %s, not as after at %s"
                    .formatted(differences(before, tree), differences(after, tree));
        }

        private static Set<String> differences(Map<String, String> one, Map<String, String> other) {
            var paths = new TreeSet<>(one.keySet());
            paths.addAll(other.keySet());
            paths.removeIf(path -> Objects.equals(one.get(path), other.get(path)));
            return paths;
        }
    }

    private static Trees atOnce = new Trees(Map.of(), Map.of());
    private static Trees later = new Trees(Map.of(), Map.of());

    @BeforeAll
    static void set(@TempDir(factory = InMemory.class) Path folder) throws Exception {
        CrashScene.requireStrace();
        scenes.clear();
        for (int i = 0; i < SCENES; i++) {
            scenes.add(CrashScene.set(folder.resolve("scene" + i)));
        }
        atOnce =
                new Trees(
                        CrashScene.treeOf(folder.resolve("1"), "before.sh", "user.sh"),
                        CrashScene.treeOf(
                                folder.resolve("2"), "before.sh", "changes.sh", "user.sh"));
        later =
                new Trees(
                        CrashScene.treeOf(folder.resolve("3"), "before.sh", "user.sh", "later.sh"),
                        CrashScene.treeOf(
                                folder.resolve("4"),
                                "before.sh",
                                "changes.sh",
                                "user.sh",
                                "later.sh"));
        var first = scenes.getFirst();
        callsOfApply = first.calls(first.command(Action.APPLY));
        assertThat(callsOfApply).as("what strace saw of an apply").hasSizeGreaterThan(200);
        assertThat(first.tree()).isEqualTo(atOnce.after());
    }

    /** Brings a scene to where the action begins, and remembers that. */
    private static void prepare(CrashScene scene, Action action) throws Exception {
        scene.restore(Action.APPLY);
        switch (action) {
            case APPLY -> throw new IllegalArgumentException("it is where every scene begins");
            case UNDO -> assertThat(scene.apply().code()).isZero();
            case RECOVERY_OF_A_BEGINNING -> killBetween(scene, "PREPARED\\n", "COMMITTED\\n");
            case RECOVERY_OF_A_HALF -> killBetween(scene, "COMMITTED\\n", "DONE\\n");
            case RECOVERY_OF_AN_END -> killBetween(scene, "DONE\\n", "FINISHED\\n");
        }
        scene.keep(action);
    }

    /** Kills an apply half-way between the entries of two states into its journal. */
    private static void killBetween(CrashScene scene, String from, String to) throws Exception {
        int first = SystemCall.before(callsOfApply, from);
        int last = SystemCall.before(callsOfApply, to);
        var half = steady(callsOfApply.subList((first + last) / 2, last)).getFirst();
        var fault = new SystemFault(Kind.KILL, half);
        assertThat(scene.strike(fault, scene.command(Action.APPLY)).hit()).isTrue();
    }

    /** Without those that open a file: Java opens files of its own, and not always as many. */
    private static List<SystemCall> steady(List<SystemCall> calls) {
        return calls.stream().filter(call -> !call.opens()).toList();
    }

    /** A part of the matrix; kills come first. */
    private record Part(Kind kind, Action action) {}

    static List<Part> parts() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> Arrays.stream(Action.values()).map(it -> new Part(kind, it)))
                .filter(part -> FULL || share(part) > 0)
                .toList();
    }

    /** How many calls are taken where not every one is. */
    private static int share(Part part) {
        return switch (part.action()) {
            case APPLY -> part.kind() == Kind.KILL ? 2 : 1;
            case UNDO, RECOVERY_OF_A_HALF ->
                    switch (part.kind()) {
                        case KILL -> 2;
                        case EIO -> 1;
                        case ENOSPC, EROFS -> 0;
                    };
            case RECOVERY_OF_A_BEGINNING, RECOVERY_OF_AN_END -> 0;
        };
    }

    @ParameterizedTest
    @MethodSource("parts")
    void a_process_that_dies_or_is_refused_leaves_the_old_tree_or_the_new(Part part)
            throws Exception {
        var action = part.action();
        for (var scene : scenes) {
            if (!scene.isKept(action)) {
                prepare(scene, action);
            }
        }
        var first = scenes.getFirst();
        first.restore(action);
        var calls = first.calls(first.command(action));
        var faults =
                (FULL ? strided(calls) : few(steady(calls), part))
                        .stream().map(call -> new SystemFault(part.kind(), call)).toList();
        var found = strikeAll(action, faults);
        assertThat(found.stream().map(Finding::violation).flatMap(Optional::stream)).isEmpty();
        tally(part, found);
    }

    private static List<SystemCall> strided(List<SystemCall> calls) {
        return IntStream.iterate(STRIDE / 2, next -> next < calls.size(), next -> next + STRIDE)
                .mapToObj(calls::get)
                .toList();
    }

    /** Calls from the whole range; of kills of an apply, too, those that decide what is kept. */
    private static List<SystemCall> few(List<SystemCall> calls, Part part) {
        int share = share(part);
        var chosen = new LinkedHashSet<SystemCall>();
        for (int i = 0; i < share; i++) {
            chosen.add(calls.get((2 * i + 1) * calls.size() / (2 * share)));
        }
        if (part.equals(new Part(Kind.KILL, Action.APPLY))) {
            for (var state : List.of("COMMITTED\\n", "DONE\\n")) {
                int written = SystemCall.before(calls, state);
                var rest = calls.subList(written, calls.size());
                int entered = SystemCall.before(rest, "\"state\"");
                chosen.addAll(rest.subList(entered, entered + 2));
            }
        }
        return List.copyOf(chosen);
    }

    /** What came of one fault. */
    private record Finding(SystemFault fault, boolean hit, Optional<String> violation) {}

    private static List<Finding> strikeAll(Action action, List<SystemFault> faults)
            throws InterruptedException, ExecutionException {
        var left = new ConcurrentLinkedQueue<>(faults);
        try (var workers = Executors.newFixedThreadPool(scenes.size())) {
            var all = new ArrayList<Future<List<Finding>>>();
            for (var scene : scenes) {
                all.add(workers.submit(() -> strikeAll(scene, action, left)));
            }
            var found = new ArrayList<Finding>();
            for (var some : all) {
                found.addAll(some.get());
            }
            return found;
        }
    }

    private static List<Finding> strikeAll(
            CrashScene scene, Action action, Queue<SystemFault> faults) throws Exception {
        var found = new ArrayList<Finding>();
        for (var fault = faults.poll(); fault != null; fault = faults.poll()) {
            found.add(strike(scene, action, fault));
        }
        return found;
    }

    private static Finding strike(CrashScene scene, Action action, SystemFault fault)
            throws Exception {
        scene.restore(action);
        var struck = scene.strike(fault, scene.command(action));
        var said = saidWrong(scene, action, fault, struck);
        var violation = said.isPresent() ? said : leftWrong(scene, fault);
        return new Finding(fault, struck.hit(), violation.map(what -> fault + "\n    " + what));
    }

    /** A process that lives must say what it did, or could not do. */
    private static Optional<String> saidWrong(
            CrashScene scene, Action action, SystemFault fault, CrashScene.Struck struck)
            throws IOException {
        var finished = struck.finished();
        if (fault.kind() == Kind.KILL && struck.hit()) {
            return Optional.empty();
        }
        var tree = withoutStaging(scene.tree());
        boolean done =
                switch (action) {
                    case APPLY -> tree.equals(atOnce.after());
                    case UNDO -> tree.equals(atOnce.before());
                    case RECOVERY_OF_A_HALF, RECOVERY_OF_A_BEGINNING, RECOVERY_OF_AN_END ->
                            atOnce.has(tree);
                };
        boolean told =
                fault.kind() != Kind.KILL
                        && finished.err().contains(fault.kind().reason())
                        && !finished.err().contains("unexpected");
        return (finished.code() == 0 && done) || told
                ? Optional.empty()
                : Optional.of(
                        "it ended with %d and said: %s".formatted(finished.code(), finished.err()));
    }

    /** Our own folder may wait for the next start; the user's files may not. */
    private static Map<String, String> withoutStaging(Map<String, String> tree) {
        var users = new TreeMap<>(tree);
        users.keySet().removeIf(path -> path.startsWith(".safe-coder-apply-"));
        return users;
    }

    /** Another process must find all or nothing, keep what the user wrote, and be able to go on. */
    private static Optional<String> leftWrong(CrashScene scene, SystemFault fault)
            throws Exception {
        scene.editAfterTheCrash();
        var next = scene.next();
        var tree = scene.tree();
        if (next.code() != 0 || !later.has(tree)) {
            return Optional.of("%s; %s".formatted(later.differences(tree), next.err()));
        }
        if (fault.kind() != Kind.KILL) {
            return Optional.empty();
        }
        boolean isOld = tree.equals(later.before());
        var further = isOld ? scene.apply() : scene.undo();
        return scene.tree().equals(isOld ? later.after() : later.before())
                ? Optional.empty()
                : Optional.of("afterwards: " + further.err());
    }

    private static void tally(Part part, List<Finding> found) throws IOException {
        int hits = (int) found.stream().filter(Finding::hit).count();
        assertThat(hits).as("faults that happened").isGreaterThan(found.size() * 9 / 10);
        var action = part.action().isRecovery() ? "recovery" : part.action().name();
        var fault = part.kind() == Kind.KILL ? "kill" : part.kind().name();
        MatrixTally.add(ProcessCrashMatrixTest.class, action.toLowerCase(Locale.ROOT), fault, hits);
    }

    @Test
    void changes_that_are_written_one_by_one_are_found_to_be_neither() throws Exception {
        var scene = scenes.getFirst();
        scene.restore(Action.APPLY);
        var calls = scene.calls(scene.naiveCommand());
        scene.restore(Action.APPLY);
        var fault = new SystemFault(Kind.KILL, calls.get(calls.size() / 2));
        assertThat(scene.strike(fault, scene.naiveCommand()).hit()).isTrue();
        assertThat(leftWrong(scene, fault))
                .get()
                .asString()
                .contains("not as before", "not as after");
    }
}
