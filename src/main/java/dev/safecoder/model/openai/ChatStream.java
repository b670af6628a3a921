package dev.safecoder.model.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.safecoder.model.ModelListener;
import dev.safecoder.model.Reply;
import dev.safecoder.model.Reply.Ending;
import dev.safecoder.model.ToolRequest;
import dev.safecoder.model.Usage;
import dev.safecoder.model.Verbatim;
import dev.safecoder.model.remote.Endpoint;
import dev.safecoder.model.remote.Refusal;
import dev.safecoder.model.remote.RemoteException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts a reply together from its chunks. Servers differ: some leave out indices, identifiers, the
 * usage or the mark of the end, some repeat names; what a reply needs is read, the rest ignored.
 */
final class ChatStream {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String DONE = "[DONE]";

    private final Endpoint endpoint;
    private final ModelListener listener;
    private final String idPrefix;
    private final StringBuilder text = new StringBuilder();
    private final List<Call> calls = new ArrayList<>();
    private final ObjectNode goesBack = JsonNodeFactory.instance.objectNode();
    private Usage usage = Usage.NONE;
    private String finish = "";
    private boolean isBegun;

    /** A call so far. */
    private static final class Call {
        private final int index;
        private String id = "";
        private String name = "";
        private final StringBuilder arguments = new StringBuilder();

        private Call(int index) {
            this.index = index;
        }
    }

    /**
     * @param idPrefix of the calls that come without an identifier
     */
    ChatStream(Endpoint endpoint, ModelListener listener, String idPrefix) {
        this.endpoint = endpoint;
        this.listener = listener;
        this.idPrefix = idPrefix;
    }

    void hear(String event) {
        if (event.strip().equals(DONE)) {
            return;
        }
        var chunk = json(event);
        if (chunk.hasNonNull("error")) {
            throw Refusal.of(200, chunk, Optional.empty()).at(endpoint);
        }
        isBegun |= chunk.has("choices");
        if (chunk.path("usage").isObject()) {
            usage = usage(chunk.path("usage"));
        }
        var choice = chunk.path("choices").path(0);
        hearDelta(choice.path("delta"));
        if (choice.path("finish_reason").isTextual()) {
            finish = choice.path("finish_reason").asText();
        }
    }

    private JsonNode json(String event) {
        try {
            return JSON.readTree(event);
        } catch (JsonProcessingException malformed) {
            throw RemoteException.garbled(endpoint, "an event that is not JSON");
        }
    }

    private void hearDelta(JsonNode delta) {
        var words = delta.path("content");
        if (words.isTextual() && !words.asText().isEmpty()) {
            text.append(words.asText());
            listener.text(words.asText());
        }
        hearThought(delta);
        for (var piece : delta.path("tool_calls")) {
            extend(call(piece), piece);
        }
    }

    /** Reasoning has a name with each server; those that are wanted back are kept. */
    private void hearThought(JsonNode delta) {
        var content = delta.path("reasoning_content");
        var thought = content.isTextual() ? content : delta.path("reasoning");
        if (thought.isTextual() && !thought.asText().isEmpty()) {
            listener.thought(thought.asText());
        }
        if (content.isTextual()) {
            goesBack.put(
                    "reasoning_content",
                    goesBack.path("reasoning_content").asText() + content.asText());
        }
        for (var detail : delta.path("reasoning_details")) {
            goesBack.withArray("reasoning_details").add(detail);
        }
    }

    private Call call(JsonNode piece) {
        var id = piece.path("id").asText("");
        boolean isNamed = !piece.path("function").path("name").asText("").isEmpty();
        int index = piece.path("index").asInt(-1);
        for (var call : calls) {
            if (index >= 0 ? call.index == index : !id.isEmpty() && call.id.equals(id)) {
                return call;
            }
        }
        if (index < 0 && id.isEmpty() && !isNamed && !calls.isEmpty()) {
            return calls.getLast();
        }
        calls.add(new Call(index));
        return calls.getLast();
    }

    private static void extend(Call call, JsonNode piece) {
        var function = piece.path("function");
        call.id = call.id.isEmpty() ? piece.path("id").asText("") : call.id;
        call.name = call.name.isEmpty() ? function.path("name").asText("") : call.name;
        var arguments = function.path("arguments");
        call.arguments.append(arguments.isObject() ? arguments.toString() : arguments.asText(""));
    }

    private static Usage usage(JsonNode usage) {
        return new Usage(
                usage.path("prompt_tokens").asLong(),
                usage.path("completion_tokens").asLong(),
                usage.path("prompt_tokens_details").path("cached_tokens").asLong(),
                0,
                Optional.of(usage.path("cost"))
                        .filter(JsonNode::isNumber)
                        .map(JsonNode::decimalValue));
    }

    /**
     * The reply, once the server has ended it.
     *
     * @throws RemoteException when it did not, or declined to reply
     */
    Reply reply() {
        if (!isBegun) {
            throw RemoteException.garbled(endpoint, "no piece of a reply");
        }
        var ending =
                switch (finish) {
                    case "" ->
                            throw RemoteException.brokenOff(
                                    endpoint, "it ended before it was whole", null);
                    case "error" ->
                            throw RemoteException.brokenOff(
                                    endpoint, "the server gave it up", null);
                    case "content_filter" -> throw RemoteException.declined(endpoint);
                    case "length" -> Ending.CUT_OFF;
                    default -> Ending.WHOLE;
                };
        var requests = new ArrayList<ToolRequest>();
        for (var call : calls) {
            var id = call.id.isEmpty() ? idPrefix + (requests.size() + 1) : call.id;
            requests.add(new ToolRequest(id, call.name, ToolInput.read(call.arguments.toString())));
        }
        return new Reply(text.toString(), requests, usage, ending, verbatim());
    }

    private Optional<Verbatim> verbatim() {
        return goesBack.isEmpty()
                ? Optional.empty()
                : Optional.of(new Verbatim(endpoint.name(), goesBack));
    }
}
