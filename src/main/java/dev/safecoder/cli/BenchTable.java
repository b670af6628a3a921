package dev.safecoder.cli;

import dev.safecoder.app.Benchmark;
import dev.safecoder.app.Benchmark.Measured;
import dev.safecoder.app.Benchmark.Unusable;
import dev.safecoder.app.Benchmark.Yardstick;
import dev.safecoder.app.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;

/** The bench's findings for people. */
final class BenchTable {
    private final Console console;

    BenchTable(Console console) {
        this.console = console;
    }

    void print(List<Benchmark> benchmarks) {
        for (var one : benchmarks) {
            switch (one) {
                case Measured measured -> print(measured);
                case Unusable(var backend, var reason, var remedy) -> {
                    console.result("%s: not usable (%s)".formatted(backend.title(), reason));
                    console.result("  Try: " + remedy);
                }
            }
        }
    }

    private void print(Measured measured) {
        console.result(
                "%s, %s workspace".formatted(measured.backend().title(), measured.workspace()));
        row("start to first command", measured.smallestStart(), measured.ownStart());
        row("one command, p50", measured.exec(), measured.ownExec());
        row("one command, p95", millis(measured.exec().percentile(95)));
        rows("start", measured.start());
        rows("checkpoint of one file", measured.checkpoint());
        row("apply", millis(measured.apply().median()));
        row("memory of this process", mebibytes(measured.hostBytes()));
        row("memory inside, idle", mebibytes(measured.sandboxBytes()));
    }

    private void rows(String what, SortedMap<Integer, Sample> samples) {
        samples.forEach(
                (files, sample) ->
                        row("%s, %,d files".formatted(what, files), millis(sample.median())));
    }

    private void row(String what, Sample ours, Optional<Yardstick> yardstick) {
        var beside =
                yardstick.map(
                        theirs ->
                                "   %.3g times %s (%s)"
                                        .formatted(
                                                ours.ratioTo(theirs.sample()),
                                                millis(theirs.sample().median()).strip(),
                                                theirs.command()));
        row(what, millis(ours.median()) + beside.orElse(""));
    }

    private void row(String what, String figure) {
        console.result("  %-38s %s".formatted(what, figure));
    }

    private static String millis(Duration duration) {
        return "%9.2f ms".formatted(duration.toNanos() / 1e6);
    }

    private static String mebibytes(OptionalLong bytes) {
        return bytes.isPresent()
                ? "%9.2f MB".formatted(bytes.getAsLong() / (double) (1 << 20))
                : "  unknown";
    }
}
