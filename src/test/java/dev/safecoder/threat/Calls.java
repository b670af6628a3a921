package dev.safecoder.threat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The tool calls of a model that is hostile, in the order in which it makes them. */
final class Calls {
    private static final JsonMapper JSON = new JsonMapper();

    private final ObjectNode script = JSON.createObjectNode();
    private final ArrayNode turns = script.putArray("turns");

    /** One command line in the shell of the sandbox. */
    static Calls bash(String command) {
        return new Calls().thenBash(command);
    }

    static Calls none() {
        return new Calls();
    }

    Calls thenBash(String command) {
        return then("bash", JSON.createObjectNode().put("command", command));
    }

    Calls thenBash(String command, int timeLimitMillis) {
        return then(
                "bash",
                JSON.createObjectNode().put("command", command).put("timeout_ms", timeLimitMillis));
    }

    Calls thenWrite(String path, String content) {
        return then(
                "write_file", JSON.createObjectNode().put("path", path).put("content", content));
    }

    Calls thenRead(String path) {
        return then("read_file", JSON.createObjectNode().put("path", path));
    }

    Calls thenSay(String text) {
        turns.addObject().put("text", text);
        return this;
    }

    private Calls then(String tool, ObjectNode input) {
        turns.addObject().putArray("tool_calls").addObject().put("name", tool).set("input", input);
        return this;
    }

    /** As a script of docs/scripts.md. */
    String json() {
        return script.toString();
    }
}
