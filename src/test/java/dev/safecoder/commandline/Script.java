package dev.safecoder.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes a conversation that {@code --model script:FILE} plays. */
final class Script {
    private final ObjectNode root = SafeCoder.JSON.createObjectNode();
    private final ArrayNode turns = root.putArray("turns");

    /** Begins the next reply of the model. */
    Script turn(String text) {
        turns.addObject().put("text", text).putArray("tool_calls");
        return this;
    }

    /** Adds a call to the reply that was begun last. */
    Script bash(String command) {
        call("bash").put("command", command);
        return this;
    }

    Script read(String path) {
        call("read_file").put("path", path);
        return this;
    }

    Script write(String path, String content) {
        call("write_file").put("path", path).put("content", content);
        return this;
    }

    Script edit(String path, String old, String now) {
        call("edit_file").put("path", path).put("old_string", old).put("new_string", now);
        return this;
    }

    /** What the reply that was begun last is said to have used. */
    Script usage(long inputTokens, long outputTokens, double dollars) {
        ((ObjectNode) turns.get(turns.size() - 1))
                .putObject("usage")
                .put("input_tokens", inputTokens)
                .put("output_tokens", outputTokens)
                .put("cost_usd", dollars);
        return this;
    }

    /** Any tool; the texts are names and values in turn. */
    Script tool(String name, String... input) {
        var node = call(name);
        for (int i = 0; i < input.length; i += 2) {
            node.put(input[i], input[i + 1]);
        }
        return this;
    }

    private ObjectNode call(String tool) {
        var turn = (ObjectNode) turns.get(turns.size() - 1);
        return ((ArrayNode) turn.get("tool_calls"))
                .addObject()
                .put("name", tool)
                .putObject("input");
    }

    /** What each reply of the model says and asks for. */
    List<JsonNode> turns() {
        var all = new ArrayList<JsonNode>();
        turns.forEach(all::add);
        return all;
    }

    /** The option's value. */
    String saveIn(Path folder) throws IOException {
        var file = Files.createTempFile(folder, "script", ".json");
        Files.writeString(file, SafeCoder.JSON.writeValueAsString(root));
        return "script:" + file;
    }
}
