package dev.safecoder.model.ollama;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.safecoder.model.Conversation;
import dev.safecoder.model.Message;
import dev.safecoder.model.Picture;
import dev.safecoder.model.Reply;
import dev.safecoder.model.ToolAnswer;
import dev.safecoder.model.ToolDefinition;
import dev.safecoder.model.remote.WireText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A conversation as the body of a request; answers go by the tool's name, calls have no id. */
final class ChatBody {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Map<String, String> nameOfCall = new HashMap<>();

    ObjectNode of(String model, int context, Conversation conversation) {
        var body = NODES.objectNode().put("model", model).put("stream", true);
        body.putObject("options").put("num_ctx", context);
        var tools = body.putArray("tools");
        conversation.tools().forEach(tool -> tools.add(tool(tool)));
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

    private static ObjectNode prompt(String text, List<Picture> pictures) {
        var message = message("user", text);
        pictures.forEach(picture -> message.withArray("images").add(picture.base64()));
        return message;
    }

    private void add(Message message, ArrayNode messages) {
        switch (message) {
            case Message.UserText(var text, var pictures) -> messages.add(prompt(text, pictures));
            case Message.Summary(var text, _) -> messages.add(message("user", text));
            case Message.ModelReply(var reply) -> messages.add(assistant(reply));
            case Message.ToolAnswers(var answers) ->
                    answers.forEach(answer -> messages.add(answer(answer)));
        }
    }

    private ObjectNode assistant(Reply reply) {
        var json = message("assistant", reply.text());
        for (var request : reply.requests()) {
            nameOfCall.put(request.id(), request.name());
            json.withArray("tool_calls")
                    .addObject()
                    .putObject("function")
                    .put("name", request.name())
                    .set(
                            "arguments",
                            request.input().isObject() ? request.input() : NODES.objectNode());
        }
        return json;
    }

    private ObjectNode answer(ToolAnswer answer) {
        return message("tool", answer.text())
                .put("tool_name", nameOfCall.getOrDefault(answer.id(), answer.id()));
    }
}
