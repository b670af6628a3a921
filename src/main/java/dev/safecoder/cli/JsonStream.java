package dev.safecoder.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.safecoder.app.SessionReport;
import dev.safecoder.history.Checkpoint;
import dev.safecoder.model.ToolRequest;
import dev.safecoder.model.Usage;
import dev.safecoder.session.SessionListener;
import dev.safecoder.session.SessionRecord;
import dev.safecoder.session.ToolCall;
import java.util.List;
import java.util.Optional;

/** What happens as one JSON object a line ({@code --output stream-json}); the report comes last. */
final class JsonStream implements SessionListener {
    private final Console console;

    JsonStream(Console console) {
        this.console = console;
    }

    /** The listener, when it is one of these. */
    static Optional<JsonStream> of(SessionListener listener) {
        return listener instanceof JsonStream stream ? Optional.of(stream) : Optional.empty();
    }

    void session(SessionRecord record, List<String> instructions) {
        var json = ReportJson.session(record);
        instructions.forEach(json.putArray("instructions")::add);
        line("session", json);
    }

    void result(SessionReport report) {
        line("result", ReportJson.report(report));
    }

    @Override
    public void text(String more) {
        line("text", ReportJson.object().put("text", more));
    }

    @Override
    public void replied(Usage usage) {
        line("usage", ReportJson.usage(usage));
    }

    @Override
    public void toolStarted(ToolRequest request) {
        var json = ReportJson.object().put("id", request.id()).put("name", request.name());
        json.set("input", request.input());
        line("tool_call", json);
    }

    @Override
    public void toolEnded(ToolCall call) {
        line("tool_result", ReportJson.call(call).put("text", call.result().answer().text()));
    }

    @Override
    public void checkpointTaken(Checkpoint checkpoint) {
        line("checkpoint", ReportJson.checkpoint(checkpoint));
    }

    @Override
    public void compacted(String kind, long tokensBefore, long tokensAfter) {
        line(
                "compaction",
                ReportJson.object()
                        .put("kind", kind)
                        .put("tokens_before", tokensBefore)
                        .put("tokens_after", tokensAfter));
    }

    @Override
    public void note(String line) {
        console.say(line);
    }

    private void line(String type, ObjectNode fields) {
        var json = ReportJson.object().put("type", type);
        json.setAll(fields);
        console.result(ReportJson.text(json));
    }
}
