package dev.safecoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Counts the tests of each tag, for the table at the end of {@code scripts/verify}: surefire's
 * reports do not know tags. Writes {@code tests-FORK.tsv} into the {@link TallyFolder}: tag,
 * passed, failed, skipped. A class that could not be set up counts as one failed test; a skipped
 * one as one skipped.
 */
public final class TestTally implements TestExecutionListener {
    private final Map<String, Counts> tags = new TreeMap<>();

    private record Counts(int passed, int failed, int skipped) {
        Counts plus(Counts more) {
            return new Counts(passed + more.passed, failed + more.failed, skipped + more.skipped);
        }
    }

    private static final Counts PASSED = new Counts(1, 0, 0);
    private static final Counts FAILED = new Counts(0, 1, 0);
    private static final Counts SKIPPED = new Counts(0, 0, 1);

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        switch (result.getStatus()) {
            case SUCCESSFUL -> {
                if (test.isTest()) {
                    count(test, PASSED);
                }
            }
            case FAILED -> count(test, FAILED);
            case ABORTED -> count(test, SKIPPED);
        }
        if (test.isContainer()) {
            write(); // each time, so that a run that is cut short has its figures, too
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        count(test, SKIPPED);
    }

    private synchronized void count(TestIdentifier test, Counts one) {
        List<String> names =
                test.getTags().stream()
                        .map(TestTag::getName)
                        .collect(Collectors.toCollection(ArrayList::new));
        names.add("all");
        names.forEach(name -> tags.merge(name, one, Counts::plus));
    }

    private synchronized void write() {
        var text =
                tags.entrySet().stream()
                        .map(tag -> line(tag.getKey(), tag.getValue()))
                        .collect(Collectors.joining());
        TallyFolder.write("tests", text);
    }

    private static String line(String tag, Counts counts) {
        return "%s\t%d\t%d\t%d\n"
                .formatted(tag, counts.passed(), counts.failed(), counts.skipped());
    }
}
