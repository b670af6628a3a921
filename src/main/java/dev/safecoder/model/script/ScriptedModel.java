package dev.safecoder.model.script;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.safecoder.model.Conversation;
import dev.safecoder.model.Message;
import dev.safecoder.model.Model;
import dev.safecoder.model.ModelListener;
import dev.safecoder.model.Reply;
import dev.safecoder.model.ToolRequest;
import dev.safecoder.model.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Plays a conversation that was written down: each call of {@link #ask} is the next turn of the
 * script. The place in the script is the number of replies the conversation holds already, so a
 * resumed session goes on where it stopped. After the last turn it replies with nothing, which ends
 * a session normally.
 */
public final class ScriptedModel implements Model {
    private static final long MOST_BYTES = 256L << 20;
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build();

    private final String source;
    private final List<Turn> turns;

    private record Turn(String text, List<Call> calls, Usage usage) {}

    private record Call(String name, JsonNode input) {}

    private ScriptedModel(String source, List<Turn> turns) {
        this.source = source;
        this.turns = List.copyOf(turns);
    }

    /**
     * Reads a script file whole, so that a fault in its last turn stops the start.
     *
     * @throws ScriptException when it cannot be read or is not of the form in docs/scripts.md
     */
    public static ScriptedModel load(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw ScriptException.malformed(file.toString(), "its size", "it is over 256 MiB");
            }
            return parse(file.toString(), Files.readString(file));
        } catch (IOException cause) {
            throw ScriptException.unreadable(file, cause);
        }
    }

    /** Reads a script from text; {@code source} is what messages call it. */
    public static ScriptedModel parse(String source, String text) {
        try {
            var root = JSON.readTree(text);
            var written = root.path("turns");
            if (!written.isArray()) {
                throw ScriptException.malformed(source, "turns", "an array is expected");
            }
            var turns = new ArrayList<Turn>();
            for (var turn : written) {
                turns.add(turn(source, "turns[%d]".formatted(turns.size()), turn));
            }
            return new ScriptedModel(source, turns);
        } catch (JsonProcessingException cause) {
            var at = cause.getLocation();
            throw ScriptException.malformed(
                    source,
                    at == null
                            ? "its start"
                            : "line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()),
                    cause.getOriginalMessage());
        }
    }

    private static Turn turn(String source, String where, JsonNode turn) {
        if (!turn.isObject()) {
            throw ScriptException.malformed(source, where, "an object is expected");
        }
        var text = turn.path("text");
        if (!text.isMissingNode() && !text.isTextual()) {
            throw ScriptException.malformed(source, where + ".text", "a string is expected");
        }
        var written = turn.path("tool_calls");
        if (!written.isMissingNode() && !written.isArray()) {
            throw ScriptException.malformed(source, where + ".tool_calls", "an array is expected");
        }
        var calls = new ArrayList<Call>();
        for (var call : written) {
            calls.add(call(source, "%s.tool_calls[%d]".formatted(where, calls.size()), call));
        }
        return new Turn(
                text.asText(""), calls, usage(source, where + ".usage", turn.path("usage")));
    }

    private static Usage usage(String source, String where, JsonNode written) {
        if (written.isMissingNode()) {
            return Usage.NONE;
        }
        if (!written.isObject()) {
            throw ScriptException.malformed(source, where, "an object is expected");
        }
        var cost = number(source, where, written, "cost_usd");
        var tokens =
                new Usage(
                        number(source, where, written, "input_tokens").longValue(),
                        number(source, where, written, "output_tokens").longValue());
        return tokens.costing(cost);
    }

    private static BigDecimal number(String source, String where, JsonNode usage, String name) {
        var number = usage.path(name);
        if (!number.isMissingNode()
                && !(number.isNumber() && number.decimalValue().signum() >= 0)) {
            throw ScriptException.malformed(
                    source, where + "." + name, "a number of at least 0 is expected");
        }
        return number.decimalValue();
    }

    private static Call call(String source, String where, JsonNode call) {
        if (!call.path("name").isTextual()) {
            throw ScriptException.malformed(source, where + ".name", "a string is expected");
        }
        var input = call.path("input");
        return new Call(
                call.path("name").asText(),
                input.isMissingNode() ? JsonNodeFactory.instance.objectNode() : input);
    }

    @Override
    public Reply ask(Conversation conversation, ModelListener listener) {
        int played = conversation.messages().stream().mapToInt(ScriptedModel::replies).sum();
        if (played >= turns.size()) {
            return new Reply("", List.of(), Usage.NONE);
        }
        var turn = turns.get(played);
        if (!turn.text().isEmpty()) {
            listener.text(turn.text());
        }
        var requests = new ArrayList<ToolRequest>();
        for (var call : turn.calls()) {
            requests.add(
                    new ToolRequest(
                            "call_%d_%d".formatted(played + 1, requests.size() + 1),
                            call.name(),
                            call.input()));
        }
        return new Reply(turn.text(), requests, turn.usage());
    }

    private static int replies(Message message) {
        return switch (message) {
            case Message.ModelReply _ -> 1;
            case Message.Summary(_, var replies) -> replies;
            case Message.UserText _, Message.ToolAnswers _ -> 0;
        };
    }

    @Override
    public boolean isPriced() {
        return true;
    }

    @Override
    public String name() {
        return "script:" + source;
    }
}
