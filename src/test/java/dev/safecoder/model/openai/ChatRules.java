package dev.safecoder.model.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.Headers;
import dev.safecoder.model.remote.ScriptedServer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What Chat Completions demands, as the strictest of its servers do. */
public final class ChatRules implements ScriptedServer.Rules {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> KNOWN =
            Set.of("model", "messages", "tools", "parallel_tool_calls", "stream", "stream_options");

    @Override
    public List<String> broken(String path, Headers headers, JsonNode body) {
        var faults = new ArrayList<String>();
        expect(faults, path.equals("/v1/chat/completions"), "no such path: " + path);
        expect(faults, headers.containsKey("authorization"), "You didn't provide an API key");
        body.fieldNames()
                .forEachRemaining(
                        name -> expect(faults, KNOWN.contains(name), "Unknown parameter: " + name));
        expect(faults, !body.path("model").asText().isEmpty(), "you must provide a model");
        expect(faults, body.path("stream").asBoolean(), "stream: expected here");
        for (var tool : body.path("tools")) {
            var function = tool.path("function");
            expect(faults, tool.path("type").asText().equals("function"), "tools.type");
            expect(
                    faults,
                    function.path("name").asText().matches("[a-zA-Z0-9_-]{1,64}"),
                    "tools.function.name");
            expect(
                    faults,
                    function.path("parameters").path("type").asText().equals("object"),
                    "tools.function.parameters");
        }
        messages(faults, body.path("messages"), !body.path("tools").isEmpty());
        return faults;
    }

    private static void messages(List<String> faults, JsonNode messages, boolean mayCall) {
        expect(faults, !messages.isEmpty(), "messages: too short");
        var open = new LinkedHashSet<String>();
        for (var message : messages) {
            var role = message.path("role").asText();
            if (role.equals("tool")) {
                var id = message.path("tool_call_id").asText();
                expect(faults, open.remove(id), "no preceding tool_calls for " + id);
            } else {
                expect(faults, open.isEmpty(), "tool_call_ids did not have responses: " + open);
            }
            expect(
                    faults,
                    Set.of("system", "user", "assistant", "tool").contains(role),
                    "Invalid role: " + role);
            content(faults, role, message.path("content"));
            for (var call : message.path("tool_calls")) {
                expect(faults, mayCall, "tools must be there when the history has calls");
                expect(faults, role.equals("assistant"), "only the assistant calls");
                call(faults, open, call);
            }
        }
        expect(faults, open.isEmpty(), "tool_call_ids did not have responses: " + open);
    }

    /** A string, or of the user's also parts. */
    private static void content(List<String> faults, String role, JsonNode content) {
        boolean hasParts = role.equals("user") && content.isArray() && !content.isEmpty();
        expect(faults, content.isTextual() || hasParts, "content: a string expected");
        for (var part : content) {
            switch (part.path("type").asText()) {
                case "text" -> expect(faults, part.path("text").isTextual(), "text: expected here");
                case "image_url" ->
                        expect(
                                faults,
                                part.at("/image_url/url")
                                        .asText()
                                        .matches(
                                                "data:image/(png|jpeg|gif|webp);base64,[\\w+/]+=*"),
                                "image_url.url: no picture");
                default -> faults.add("content: unknown type " + part.path("type"));
            }
        }
    }

    private static void call(List<String> faults, Set<String> open, JsonNode call) {
        var id = call.path("id").asText();
        expect(faults, id.matches("[a-zA-Z0-9_-]{1,64}"), "tool_calls.id: " + id);
        expect(faults, open.add(id), "tool_calls.id is there twice: " + id);
        expect(faults, call.path("type").asText().equals("function"), "tool_calls.type");
        try {
            expect(
                    faults,
                    JSON.readTree(call.path("function").path("arguments").asText()).isObject(),
                    "arguments: no object");
        } catch (JsonProcessingException malformed) {
            faults.add("arguments: not JSON");
        }
    }

    private static void expect(List<String> faults, boolean holds, String fault) {
        if (!holds) {
            faults.add(fault);
        }
    }
}
