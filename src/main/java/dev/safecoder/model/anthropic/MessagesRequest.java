package dev.safecoder.model.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.safecoder.model.Conversation;
import dev.safecoder.model.Message;
import dev.safecoder.model.Picture;
import dev.safecoder.model.Reply;
import dev.safecoder.model.ToolAnswer;
import dev.safecoder.model.ToolAnswer.Outcome;
import dev.safecoder.model.ToolDefinition;
import dev.safecoder.model.Verbatim.Past;
import dev.safecoder.model.remote.WireText;

/**
 * A conversation as the body of a request. What comes first changes least (tools, system, older
 * messages), and the marks for the cache stand where the next request will still be the same.
 */
final class MessagesRequest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** The service takes four: the tools, the system's words, and the last two of the user. */
    private static final int MARKS_IN_MESSAGES = 2;

    private final String author;

    /**
     * @param author whose verbatim replies go back as they came
     */
    MessagesRequest(String author) {
        this.author = author;
    }

    ObjectNode body(String model, int mostOutput, Conversation conversation) {
        var body = NODES.objectNode().put("model", model).put("max_tokens", mostOutput);
        if (!conversation.tools().isEmpty()) {
            var tools = body.putArray("tools");
            conversation.tools().forEach(tool -> tools.add(tool(tool)));
            mark(tools);
        }
        if (!conversation.system().isBlank()) {
            mark(body.putArray("system").add(text(conversation.system())));
        }
        var messages = body.putArray("messages");
        conversation.messages().forEach(message -> add(message, messages));
        markLast(messages);
        return body;
    }

    private static ObjectNode tool(ToolDefinition tool) {
        return NODES.objectNode()
                .put("name", tool.name())
                .put("description", tool.description())
                .set("input_schema", tool.inputSchema());
    }

    private static ObjectNode text(String text) {
        return NODES.objectNode().put("type", "text").put("text", WireText.wellFormed(text));
    }

    private static ObjectNode picture(Picture picture) {
        var block = NODES.objectNode().put("type", "image");
        block.putObject("source")
                .put("type", "base64")
                .put("media_type", picture.format().mediaType())
                .put("data", picture.base64());
        return block;
    }

    private void add(Message message, ArrayNode messages) {
        switch (message) {
            case Message.UserText(var text, var pictures) -> {
                var content = turn("user", messages);
                pictures.forEach(picture -> content.add(picture(picture)));
                if (pictures.isEmpty() || !text.isBlank()) {
                    content.add(text(text.isBlank() ? "(nothing)" : text));
                }
            }
            case Message.Summary(var text, _) -> turn("user", messages).add(text(text));
            case Message.ModelReply(var reply) -> {
                var blocks = blocks(reply);
                if (!blocks.isEmpty()) {
                    turn("assistant", messages).addAll(blocks);
                }
            }
            case Message.ToolAnswers(var answers) -> {
                var content = turn("user", messages);
                answers.forEach(answer -> content.add(result(answer)));
            }
        }
    }

    /** The content to add to: that of the last message when the same side wrote it. */
    private static ArrayNode turn(String role, ArrayNode messages) {
        var last = messages.path(messages.size() - 1);
        if (last.path("role").asText().equals(role)) {
            return (ArrayNode) last.path("content");
        }
        return messages.addObject().put("role", role).putArray("content");
    }

    private ArrayNode blocks(Reply reply) {
        var verbatim =
                reply.verbatim()
                        .filter(it -> it.author().equals(author) && it.past() == Past.AS_IT_WAS);
        if (verbatim.isPresent()) {
            return (ArrayNode) verbatim.get().content().deepCopy();
        }
        var blocks = NODES.arrayNode();
        if (!reply.text().isBlank()) {
            blocks.add(text(reply.text()));
        }
        for (var request : reply.requests()) {
            blocks.addObject()
                    .put("type", "tool_use")
                    .put("id", WireText.id(request.id()))
                    .put("name", request.name())
                    .set("input", object(request.input()));
        }
        return blocks;
    }

    /** Only an object is taken back; the answer says what was wrong with anything else. */
    private static JsonNode object(JsonNode input) {
        return input.isObject() ? input : NODES.objectNode();
    }

    private static ObjectNode result(ToolAnswer answer) {
        var block =
                NODES.objectNode()
                        .put("type", "tool_result")
                        .put("tool_use_id", WireText.id(answer.id()))
                        .put("content", WireText.wellFormed(answer.text()));
        return answer.outcome() == Outcome.REFUSED ? block.put("is_error", true) : block;
    }

    private static void markLast(ArrayNode messages) {
        int marked = 0;
        for (int i = messages.size() - 1; i >= 0 && marked < MARKS_IN_MESSAGES; i--) {
            if (messages.path(i).path("role").asText().equals("user")) {
                mark((ArrayNode) messages.path(i).path("content"));
                marked++;
            }
        }
    }

    private static void mark(ArrayNode blocks) {
        ((ObjectNode) blocks.path(blocks.size() - 1))
                .putObject("cache_control")
                .put("type", "ephemeral");
    }
}
