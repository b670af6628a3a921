package dev.safecoder.model.anthropic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.safecoder.model.ModelListener;
import dev.safecoder.model.Reply;
import dev.safecoder.model.Reply.Ending;
import dev.safecoder.model.ToolRequest;
import dev.safecoder.model.Usage;
import dev.safecoder.model.Verbatim;
import dev.safecoder.model.remote.Endpoint;
import dev.safecoder.model.remote.RemoteException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Puts a reply together from its events. Blocks are kept as the service wrote them, unknown ones
 * too. The official client's accumulator takes tool input that was cut off as {@code {}}; here it
 * stays the text that it is, so that nothing runs by half a request.
 */
final class MessageStream {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Endpoint endpoint;
    private final ModelListener listener;
    private final TreeMap<Integer, Block> blocks = new TreeMap<>();
    private final ObjectNode usage = JsonNodeFactory.instance.objectNode();
    private String stopReason = "";
    private boolean isBegun;
    private boolean isWhole;

    /** A block so far: what it began with, and the JSON of its input in pieces. */
    private record Block(ObjectNode node, StringBuilder input) {
        void append(String field, JsonNode delta) {
            node.put(field, node.path(field).asText() + delta.path(field).asText());
        }

        boolean is(String type) {
            return node.path("type").asText().equals(type);
        }
    }

    MessageStream(Endpoint endpoint, ModelListener listener) {
        this.endpoint = endpoint;
        this.listener = listener;
    }

    void hear(JsonNode event) {
        isBegun = true;
        switch (event.path("type").asText()) {
            case "message_start" -> count(event.path("message").path("usage"));
            case "content_block_start" -> begin(event);
            case "content_block_delta" -> extend(block(event), event.path("delta"));
            case "message_delta" -> {
                stopReason = event.path("delta").path("stop_reason").asText("");
                count(event.path("usage"));
            }
            case "message_stop" -> isWhole = true;
            default -> {} // pings, and what later versions of the service may add
        }
    }

    /** Later counts stand for the whole reply, and leave out what they repeat. */
    private void count(JsonNode counted) {
        if (counted instanceof ObjectNode counts) {
            usage.setAll(counts);
        }
    }

    private void begin(JsonNode event) {
        if (!(event.path("content_block") instanceof ObjectNode node)) {
            throw RemoteException.garbled(endpoint, "a block without content");
        }
        blocks.put(event.path("index").asInt(), new Block(node.deepCopy(), new StringBuilder()));
        said(node.path("text").asText());
    }

    private Block block(JsonNode event) {
        var block = blocks.get(event.path("index").asInt());
        if (block == null) {
            throw RemoteException.garbled(endpoint, "a piece of a block that was not begun");
        }
        return block;
    }

    private void extend(Block block, JsonNode delta) {
        switch (delta.path("type").asText()) {
            case "text_delta" -> {
                block.append("text", delta);
                said(delta.path("text").asText());
            }
            case "thinking_delta" -> {
                block.append("thinking", delta);
                listener.thought(delta.path("thinking").asText());
            }
            case "signature_delta" -> block.append("signature", delta);
            case "input_json_delta" -> block.input().append(delta.path("partial_json").asText());
            default -> {}
        }
    }

    private void said(String text) {
        if (!text.isEmpty()) {
            listener.text(text);
        }
    }

    /**
     * The reply, once the service has ended it.
     *
     * @throws RemoteException when it did not, or declined to reply
     */
    Reply reply() {
        if (!isBegun) {
            throw RemoteException.garbled(endpoint, "no event of a message");
        }
        if (!isWhole) {
            throw RemoteException.brokenOff(endpoint, "it ended before it was whole", null);
        }
        if (stopReason.equals("refusal")) {
            throw RemoteException.declined(endpoint);
        }
        if (stopReason.equals("model_context_window_exceeded") && blocks.isEmpty()) {
            throw RemoteException.overflow(endpoint, "");
        }
        return assembled();
    }

    private Reply assembled() {
        var text = new StringBuilder();
        var requests = new ArrayList<ToolRequest>();
        var content = JsonNodeFactory.instance.arrayNode();
        for (var block : blocks.values()) {
            var node = block.node();
            if (block.is("text")) {
                text.append(node.path("text").asText());
            }
            if (block.is("tool_use")) {
                var input = input(block);
                requests.add(
                        new ToolRequest(
                                node.path("id").asText(), node.path("name").asText(), input));
                node.set("input", input.isObject() ? input : JsonNodeFactory.instance.objectNode());
            }
            if (canGoBack(block)) {
                content.add(node);
            }
        }
        return new Reply(text.toString(), requests, usage(), ending(), verbatim(content));
    }

    private JsonNode input(Block block) {
        var written = block.input().toString();
        if (written.isBlank()) {
            return block.node().path("input");
        }
        try {
            return JSON.readTree(written);
        } catch (JsonProcessingException cutOff) {
            return TextNode.valueOf(written);
        }
    }

    /** The service refuses empty text, and reasoning whose signature never came. */
    private static boolean canGoBack(Block block) {
        return (!block.is("text") || !block.node().path("text").asText().isBlank())
                && (!block.is("thinking") || !block.node().path("signature").asText().isEmpty());
    }

    private Ending ending() {
        return switch (stopReason) {
            case "max_tokens", "model_context_window_exceeded" -> Ending.CUT_OFF;
            default -> Ending.WHOLE;
        };
    }

    private Optional<Verbatim> verbatim(ArrayNode content) {
        return content.isEmpty()
                ? Optional.empty()
                : Optional.of(new Verbatim(endpoint.name(), content));
    }

    private Usage usage() {
        long read = usage.path("cache_read_input_tokens").asLong();
        long written = usage.path("cache_creation_input_tokens").asLong();
        return new Usage(
                usage.path("input_tokens").asLong() + read + written,
                usage.path("output_tokens").asLong(),
                read,
                written,
                Optional.empty());
    }
}
