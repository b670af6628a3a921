package dev.safecoder.model.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
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
import java.util.Optional;

/** Puts a reply together from its events: pieces are heard, finished items are what counts. */
final class ResponsesStream {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Endpoint endpoint;
    private final ModelListener listener;
    private final ArrayNode items = JsonNodeFactory.instance.arrayNode();
    private JsonNode end = JSON.missingNode();
    private boolean isBegun;

    ResponsesStream(Endpoint endpoint, ModelListener listener) {
        this.endpoint = endpoint;
        this.listener = listener;
    }

    void hear(String text) {
        var event = json(text);
        var type = event.path("type").asText();
        isBegun |= type.startsWith("response.");
        switch (type) {
            case "response.output_text.delta", "response.refusal.delta" ->
                    listener.text(event.path("delta").asText());
            case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" ->
                    listener.thought(event.path("delta").asText());
            case "response.output_item.done" -> items.add(event.path("item"));
            case "response.completed", "response.incomplete" -> end = event.path("response");
            case "response.failed" -> throw refused(event.path("response").path("error"));
            case "error" ->
                    throw refused(event.path("error").isObject() ? event.path("error") : event);
            default -> {} // the beginnings and ends of parts, and what may be added later
        }
    }

    private JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw RemoteException.garbled(endpoint, "an event that is not JSON");
        }
    }

    private RemoteException refused(JsonNode error) {
        return new Refusal(
                        200,
                        error.path("code").asText(),
                        error.path("message").asText(),
                        Optional.empty())
                .at(endpoint);
    }

    /**
     * The reply, once the service has ended it.
     *
     * @throws RemoteException when it did not, or declined to reply
     */
    Reply reply() {
        if (!isBegun) {
            throw RemoteException.garbled(endpoint, "no event of a response");
        }
        if (end.isMissingNode()) {
            throw RemoteException.brokenOff(endpoint, "it ended before it was whole", null);
        }
        var reason = end.path("incomplete_details").path("reason").asText();
        if (reason.equals("content_filter")) {
            throw RemoteException.declined(endpoint);
        }
        var text = new StringBuilder();
        var requests = new ArrayList<ToolRequest>();
        for (var item : items) {
            switch (item.path("type").asText()) {
                case "message" -> item.path("content").forEach(part -> text.append(words(part)));
                case "function_call" -> requests.add(request((ObjectNode) item));
                default -> {} // reasoning, which only goes back
            }
        }
        var ending = reason.isEmpty() ? Ending.WHOLE : Ending.CUT_OFF;
        return new Reply(text.toString(), requests, usage(), ending, verbatim());
    }

    private static String words(JsonNode part) {
        return part.path("text").asText() + part.path("refusal").asText();
    }

    /** The item goes back with arguments that are an object, or the service refuses it. */
    private static ToolRequest request(ObjectNode item) {
        var input = ToolInput.read(item.path("arguments").asText());
        var request =
                new ToolRequest(item.path("call_id").asText(), item.path("name").asText(), input);
        if (!input.isObject()) {
            item.put("arguments", ToolInput.written(request));
        }
        return request;
    }

    /** Reasoning that nothing follows is refused. */
    private Optional<Verbatim> verbatim() {
        while (items.path(items.size() - 1).path("type").asText().equals("reasoning")) {
            items.remove(items.size() - 1);
        }
        return items.isEmpty()
                ? Optional.empty()
                : Optional.of(new Verbatim(endpoint.name(), items));
    }

    private Usage usage() {
        var usage = end.path("usage");
        var details = usage.path("input_tokens_details");
        return new Usage(
                usage.path("input_tokens").asLong(),
                usage.path("output_tokens").asLong(),
                details.path("cached_tokens").asLong(),
                details.path("cache_write_tokens").asLong(),
                Optional.empty());
    }
}
