package dev.safecoder.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.safecoder.app.ChangeReport;
import dev.safecoder.app.DeliveryResult;
import dev.safecoder.app.DeliveryResult.Obstacle;
import dev.safecoder.app.Diagnosis;
import dev.safecoder.app.SessionReport;
import dev.safecoder.change.Change;
import dev.safecoder.history.Checkpoint;
import dev.safecoder.model.Usage;
import dev.safecoder.path.RelativePath;
import dev.safecoder.review.ReviewCounts;
import dev.safecoder.sandbox.Guarantee;
import dev.safecoder.session.Limit;
import dev.safecoder.session.SessionRecord;
import dev.safecoder.session.ToolCall;
import dev.safecoder.workspace.Refusal;
import java.util.List;
import java.util.Locale;

/**
 * The JSON objects of the command line's contract (docs/commands.md). Everything outside ASCII is
 * escaped, so that a terminal is sent nothing but plain letters.
 */
final class ReportJson {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private ReportJson() {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static ArrayNode array() {
        return JSON.createArrayNode();
    }

    /** On one line. */
    static String text(JsonNode json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree can always be written", impossible);
        }
    }

    static ObjectNode report(SessionReport report) {
        var json = object();
        head(json, report.record())
                .put("limit", report.limit().map(Limit::toString).orElse(null))
                .put("text", report.text())
                .put("turns", report.record().turns());
        var calls = json.putArray("tool_calls");
        report.calls().forEach(call -> calls.add(call(call)));
        var checkpoints = json.putArray("checkpoints");
        report.checkpoints().forEach(one -> checkpoints.add(checkpoint(one)));
        json.set("changes", changes(report.changes(), report.record().refusals()));
        json.set("apply", delivery(report.delivery()));
        json.set("usage", usage(report.usage()));
        json.putObject("timings_ms")
                .put("start", report.timings().start())
                .put("first_exec", report.timings().firstExec());
        return json;
    }

    /** A session as {@code ls} lists it. */
    static ObjectNode session(SessionRecord record) {
        return head(object(), record)
                .put("model", record.model())
                .put("created", record.created().toString())
                .put("turns", record.turns())
                .put("changes", record.changes());
    }

    /** Adds what a review of a session came to so far. */
    static void review(ObjectNode session, ReviewCounts counts) {
        session.putObject("review")
                .put("accepted", counts.accepted())
                .put("rejected", counts.rejected())
                .put("undecided", counts.undecided());
    }

    private static ObjectNode head(ObjectNode json, SessionRecord record) {
        return json.put("session", record.id().text())
                .put("project", record.project().toString())
                .put("backend", record.backend().toString())
                .put("workspace", record.workspace().toString())
                .put("outcome", record.outcome().toString());
    }

    static ObjectNode call(ToolCall call) {
        var json = object().put("id", call.request().id()).put("name", call.request().name());
        json.set("input", call.request().input());
        json.put("is_error", call.isRefused());
        var exit = call.result().exitCode();
        if (exit.isPresent()) {
            json.put("exit_code", exit.getAsInt());
        } else {
            json.putNull("exit_code");
        }
        return json.put("duration_ms", call.took().toMillis());
    }

    static ObjectNode checkpoint(Checkpoint checkpoint) {
        return object().put("step", checkpoint.step())
                .put("id", checkpoint.id())
                .put("message", checkpoint.subject());
    }

    static ArrayNode changes(List<ChangeReport> changes, List<Refusal> refusals) {
        var array = array();
        for (var one : changes) {
            var change = one.change();
            var json = path(array.addObject(), change.path());
            json.put("kind", kind(change));
            change.from().ifPresent(from -> json.put("from", from.toString()));
            json.put("lines_added", change.lines().added());
            json.put("lines_deleted", change.lines().deleted());
            var flags = json.putArray("flags");
            one.flags().forEach(flags::add);
        }
        for (var refusal : refusals) {
            var json = path(array.addObject(), refusal.path());
            json.put("kind", "refused").put("lines_added", 0).put("lines_deleted", 0);
            json.putArray("flags");
            json.put("reason", refusal.reason());
        }
        return array;
    }

    static ObjectNode delivery(DeliveryResult delivery) {
        var json = object().put("status", delivery.status().toString());
        var applied = json.putArray("applied");
        delivery.applied().forEach(path -> applied.add(PathText.shown(path.bytes())));
        obstacles(json.putArray("conflicts"), delivery.conflicts());
        obstacles(json.putArray("refused"), delivery.refused());
        return json;
    }

    private static void obstacles(ArrayNode array, List<Obstacle> obstacles) {
        for (var obstacle : obstacles) {
            path(array.addObject(), obstacle.path()).put("reason", obstacle.reason());
        }
    }

    static ObjectNode diagnoses(List<Diagnosis> diagnoses) {
        var json = object();
        var backends = json.putArray("backends");
        for (var one : diagnoses) {
            var backend =
                    backends.addObject()
                            .put("name", one.name().toString())
                            .put("usable", one.usable())
                            .put("reason", one.reason())
                            .put("remedy", one.remedy().orElse(null));
            var guarantees = backend.putArray("guarantees");
            for (var guarantee : one.guarantees()) {
                guarantees
                        .addObject()
                        .put("name", guarantee.name().toString())
                        .put("level", level(guarantee))
                        .put("evidence", guarantee.evidence());
            }
        }
        return json;
    }

    static String level(Guarantee guarantee) {
        return guarantee.level().name().toLowerCase(Locale.ROOT);
    }

    static ObjectNode usage(Usage usage) {
        return object().put("input_tokens", usage.inputTokens())
                .put("output_tokens", usage.outputTokens())
                .put("cost_usd", usage.cost().orElse(null));
    }

    static String kind(Change change) {
        return change.kind().name().toLowerCase(Locale.ROOT);
    }

    static ObjectNode path(ObjectNode json, RelativePath path) {
        return path(json, path.bytes());
    }

    /** A path that is no UTF-8 stands escaped, with its bytes beside it. */
    private static ObjectNode path(ObjectNode json, byte[] bytes) {
        json.put("path", PathText.shown(bytes));
        if (PathText.utf8(bytes).isEmpty()) {
            json.put("path_bytes", bytes);
        }
        return json;
    }
}
