package dev.safecoder.model.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.safecoder.model.Conversation;
import dev.safecoder.model.Message;
import dev.safecoder.model.Picture;
import dev.safecoder.model.Reply;
import dev.safecoder.model.ToolDefinition;
import dev.safecoder.model.remote.WireText;
import java.util.List;

/** A conversation as the body of a request, with the fields that all servers know. */
final class ChatRequest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String author;

    /**
     * @param author whose verbatim replies go back as they came
     */
    ChatRequest(String author) {
        this.author = author;
    }

    ObjectNode body(String model, Conversation conversation) {
        var body = NODES.objectNode().put("model", model).put("stream", true);
        body.putObject("stream_options").put("include_usage", true);
        if (!conversation.tools().isEmpty()) {
            var tools = body.putArray("tools");
            conversation.tools().forEach(tool -> tools.add(tool(tool)));
            body.put("parallel_tool_calls", true);
        }
        var messages = body.putArray("messages");
        if (!conversation.system().isBlank()) {
            messages.add(message("system", conversation.system()));
        }
        conversation.messages().forEach(message -> add(message, messages));
        return body;
    }

    private static ObjectNode tool(ToolDefinition tool) {
        var json = NODES.objectNode().put("type", "function");
        json.putObject("function")
                .put("name", tool.name())
                .put("description", tool.description())
                .set("parameters", tool.inputSchema());
        return json;
    }

    private static ObjectNode message(String role, String text) {
        return NODES.objectNode().put("role", role).put("content", WireText.wellFormed(text));
    }

    /** A plain string where that is enough: not every server knows content in parts. */
    private static ObjectNode prompt(String text, List<Picture> pictures) {
        var message = message("user", text);
        if (!pictures.isEmpty()) {
            var parts = message.putArray("content");
            parts.addObject().put("type", "text").put("text", WireText.wellFormed(text));
            for (var picture : pictures) {
                parts.addObject()
                        .put("type", "image_url")
                        .putObject("image_url")
                        .put("url", picture.dataUri());
            }
        }
        return message;
    }

    private void add(Message message, ArrayNode messages) {
        switch (message) {
            case Message.UserText(var text, var pictures) -> messages.add(prompt(text, pictures));
            case Message.Summary(var text, _) -> messages.add(message("user", text));
            case Message.ModelReply(var reply) -> messages.add(assistant(reply));
            case Message.ToolAnswers(var answers) -> {
                for (var answer : answers) {
                    messages.add(
                            message("tool", answer.text())
                                    .put("tool_call_id", WireText.id(answer.id())));
                }
            }
        }
    }

    private ObjectNode assistant(Reply reply) {
        var json = message("assistant", reply.text());
        for (var request : reply.requests()) {
            json.withArray("tool_calls")
                    .addObject()
                    .put("id", WireText.id(request.id()))
                    .put("type", "function")
                    .putObject("function")
                    .put("name", request.name())
                    .put("arguments", ToolInput.written(request));
        }
        reply.verbatim()
                .filter(it -> it.author().equals(author))
                .ifPresent(it -> json.setAll((ObjectNode) it.content()));
        return json;
    }
}
