package dev.safecoder.threat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes {@code target/threats.md} after a run: a line for each case of the catalogue, with what
 * its tests came to on each wall. {@code scripts/threat-table} puts it into SECURITY.md.
 */
public final class ThreatTable implements TestExecutionListener {
    private static final Path FILE = Path.of("target", "threats.md");
    private static final List<String> WALLS = List.of("docker", "podman", "bubblewrap");
    private static final String HOST = "host";
    private static final String CONTROL = "control";

    private final Map<ThreatCase, Map<String, Tally>> cells = new EnumMap<>(ThreatCase.class);

    private record Tally(int passed, int failed) {
        Tally plus(Tally more) {
            return new Tally(passed + more.passed, failed + more.failed);
        }
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (!test.isTest() || !(test.getSource().orElse(null) instanceof MethodSource source)) {
            return;
        }
        var one =
                switch (result.getStatus()) {
                    case SUCCESSFUL -> new Tally(1, 0);
                    case FAILED, ABORTED -> new Tally(0, 1);
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

    private void count(ThreatCase what, String where, Tally one) {
        cells.computeIfAbsent(what, _ -> new TreeMap<>()).merge(where, one, Tally::plus);
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan plan) {
        if (cells.isEmpty()) {
            return; // a run of other tests does not undo the table of the whole
        }
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, text());
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    private String text() {
        var head =
                """
                | case | what is tried | docker | podman | bubblewrap | without a wall | control |
                |---|---|---|---|---|---|---|
                """;
        return Arrays.stream(ThreatCase.values())
                .map(this::line)
                .collect(Collectors.joining("\n", head, "\n"));
    }

    private String line(ThreatCase what) {
        var results = cells.getOrDefault(what, Map.of());
        if (results.isEmpty()) {
            return "| %s | %s | **not tested** | | | | |".formatted(what, what.title());
        }
        var columns = Stream.concat(WALLS.stream(), Stream.of(HOST, CONTROL));
        return columns.map(column -> cell(column, results.get(column)))
                .collect(
                        Collectors.joining(
                                " | ", "| %s | %s | ".formatted(what, what.title()), " |"));
    }

    private static String cell(String column, @Nullable Tally tally) {
        if (tally == null) {
            return "";
        }
        var good = column.equals(CONTROL) ? "fails as it must" : "held";
        return tally.failed() == 0
                ? good
                : "**not held** (%d of %d)"
                        .formatted(tally.failed(), tally.failed() + tally.passed());
    }
}
