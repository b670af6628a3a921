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

/** A conversation as the body of a request: a flat list of items, calls and answers by call id. */
final class ResponsesRequest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String author;

    /**
     * @param author whose verbatim replies go back as they came
     */
    ResponsesRequest(String author) {
        this.author = author;
    }

    ObjectNode body(String model, Conversation conversation) {
        var body =
                NODES.objectNode()
                        .put("model", model)
                        .put("stream", true)
                        .put("store", false)
                        .put("instructions", WireText.wellFormed(conversation.system()));
        if (!conversation.tools().isEmpty()) {
            var tools = body.putArray("tools");
            conversation.tools().forEach(tool -> tools.add(tool(tool)));
            body.put("parallel_tool_calls", true);
        }
        var input = body.putArray("input");
        conversation.messages().forEach(message -> add(message, input));
        return body;
    }

    /** Not strict: that wants every field of a schema to be required. */
    private static ObjectNode tool(ToolDefinition tool) {
        return NODES.objectNode()
                .put("type", "function")
                .put("name", tool.name())
                .put("description", tool.description())
                .put("strict", false)
                .set("parameters", tool.inputSchema());
    }

    private void add(Message message, ArrayNode input) {
        switch (message) {
            case Message.UserText(var text, var pictures) -> input.add(prompt(text, pictures));
            case Message.Summary(var text, _) -> input.add(words("user", "input_text", text));
            case Message.ModelReply(var reply) -> input.addAll(items(reply));
            case Message.ToolAnswers(var answers) -> {
                for (var answer : answers) {
                    input.addObject()
                            .put("type", "function_call_output")
                            .put("call_id", WireText.id(answer.id()))
                            .put("output", WireText.wellFormed(answer.text()));
                }
            }
        }
    }

    private static ObjectNode prompt(String text, List<Picture> pictures) {
        var item = words("user", "input_text", text);
        for (var picture : pictures) {
            item.withArray("content")
                    .addObject()
                    .put("type", "input_image")
                    .put("detail", "auto")
                    .put("image_url", picture.dataUri());
        }
        return item;
    }

    private static ObjectNode words(String role, String type, String text) {
        var item = NODES.objectNode().put("type", "message").put("role", role);
        item.putArray("content")
                .addObject()
                .put("type", type)
                .put("text", WireText.wellFormed(text));
        return item;
    }

    private ArrayNode items(Reply reply) {
        var verbatim = reply.verbatim().filter(it -> it.author().equals(author));
        if (verbatim.isPresent()) {
            return (ArrayNode) verbatim.get().content().deepCopy();
        }
        var items = NODES.arrayNode();
        if (!reply.text().isBlank()) {
            items.add(words("assistant", "output_text", reply.text()));
        }
        for (var request : reply.requests()) {
            items.addObject()
                    .put("type", "function_call")
                    .put("call_id", WireText.id(request.id()))
                    .put("name", request.name())
                    .put("arguments", ToolInput.written(request));
        }
        return items;
    }
}
