package dev.safecoder.threat;

import dev.safecoder.TallyFolder;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Counts for each case of the catalogue how its tests went on each wall, and how its controls did.
 * Writes {@code threats-FORK.tsv} into the {@link TallyFolder}: case, title, place, passed, failed;
 * {@code scripts/threat-table} makes the table in SECURITY.md of it.
 */
public final class ThreatTally implements TestExecutionListener {
    private static final List<String> WALLS = List.of("docker", "podman", "bubblewrap");
    private static final String HOST = "host";
    private static final String CONTROL = "control";
    private static final List<String> PLACES =
            Stream.concat(WALLS.stream(), Stream.of(HOST, CONTROL)).toList();

    private final Map<ThreatCase, Map<String, Counts>> cells = new EnumMap<>(ThreatCase.class);

    private record Counts(int passed, int failed) {
        Counts plus(Counts more) {
            return new Counts(passed + more.passed, failed + more.failed);
        }
    }

    private static final Counts NONE = new Counts(0, 0);

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (!test.isTest() || !(test.getSource().orElse(null) instanceof MethodSource source)) {
            return;
        }
        var one =
                switch (result.getStatus()) {
                    case SUCCESSFUL -> new Counts(1, 0);
                    case FAILED, ABORTED -> new Counts(0, 1);
                };
        var method = source.getJavaMethod();
        Stream.of(
                        method.getAnnotation(Threat.class),
                        source.getJavaClass().getAnnotation(Threat.class))
                .flatMap(found -> Optional.ofNullable(found).stream())
                .flatMap(found -> Arrays.stream(found.value()))
                .distinct()
                .forEach(it -> count(it, wall(test), one));
        Stream.of(
                        method.getAnnotation(NegativeControl.class),
                        source.getJavaClass().getAnnotation(NegativeControl.class))
                .flatMap(found -> Optional.ofNullable(found).stream())
                .flatMap(found -> Arrays.stream(found.value()))
                .distinct()
                .forEach(it -> count(it, CONTROL, one));
    }

    private static String wall(TestIdentifier test) {
        return test.getTags().stream()
                .map(tag -> tag.getName())
                .filter(WALLS::contains)
                .findFirst()
                .orElse(HOST);
    }

    private void count(ThreatCase what, String where, Counts one) {
        cells.computeIfAbsent(what, _ -> new TreeMap<>()).merge(where, one, Counts::plus);
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan plan) {
        var lines =
                Arrays.stream(ThreatCase.values())
                        .flatMap(it -> PLACES.stream().map(place -> line(it, place)))
                        .collect(Collectors.joining());
        TallyFolder.write("threats", lines);
    }

    private String line(ThreatCase what, String place) {
        var counts = cells.getOrDefault(what, Map.of()).getOrDefault(place, NONE);
        return "%s\t%s\t%s\t%d\t%d\n"
                .formatted(what, what.title(), place, counts.passed(), counts.failed());
    }
}
