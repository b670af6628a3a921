package dev.safecoder.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
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

/** What {@code bench --json} prints (docs/performance.md tells the fields). */
final class BenchJson {
    private BenchJson() {}

    static ObjectNode of(List<Benchmark> benchmarks) {
        var json = ReportJson.object();
        var backends = json.putArray("backends");
        for (var one : benchmarks) {
            var backend = backends.addObject().put("name", one.backend().toString());
            switch (one) {
                case Measured measured -> put(backend, measured);
                case Unusable(_, var reason, var remedy) ->
                        backend.put("usable", false).put("reason", reason).put("remedy", remedy);
            }
        }
        return json;
    }

    private static void put(ObjectNode json, Measured measured) {
        json.put("usable", true).put("workspace", measured.workspace().toString());
        var start = json.putObject("start_ms");
        start.put("median", millis(measured.smallestStart().median()));
        var runs = start.putArray("runs");
        measured.smallestStart().runs().forEach(run -> runs.add(millis(run)));
        json.putObject("exec_ms")
                .put("p50", millis(measured.exec().median()))
                .put("p95", millis(measured.exec().percentile(95)));
        json.set("checkpoint_ms", bySize(measured.checkpoint()));
        json.set("start_by_tree_ms", bySize(measured.start()));
        json.put("apply_ms", millis(measured.apply().median()));
        put(json, "host_rss_mb", measured.hostBytes());
        put(json, "sandbox_rss_mb", measured.sandboxBytes());
        var engine = json.putObject("engine");
        put(engine, "start", measured.ownStart(), measured.smallestStart());
        put(engine, "exec", measured.ownExec(), measured.exec());
    }

    private static ObjectNode bySize(SortedMap<Integer, Sample> samples) {
        var json = ReportJson.object();
        samples.forEach((files, sample) -> json.put(files.toString(), millis(sample.median())));
        return json;
    }

    private static void put(ObjectNode json, String name, OptionalLong bytes) {
        if (bytes.isPresent()) {
            json.put(name, rounded(bytes.getAsLong() / (double) (1 << 20)));
        } else {
            json.putNull(name);
        }
    }

    /** The engine's figure, and ours as a part of it. */
    private static void put(
            ObjectNode json, String name, Optional<Yardstick> yardstick, Sample ours) {
        if (yardstick.isEmpty()) {
            json.putNull(name);
            return;
        }
        var theirs = yardstick.get();
        json.putObject(name)
                .put("command", theirs.command())
                .put("ms", millis(theirs.sample().median()))
                .put("ratio", rounded(ours.ratioTo(theirs.sample())));
    }

    private static double millis(Duration duration) {
        return rounded(duration.toNanos() / 1e6);
    }

    private static double rounded(double number) {
        return Math.round(number * 1e3) / 1e3;
    }
}
