package dev.safecoder.model.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import dev.safecoder.model.remote.ScriptedServer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the Responses API demands of a request that stores nothing. */
public final class ResponsesRules implements ScriptedServer.Rules {
    private static final Set<String> KNOWN =
            Set.of(
                    "model",
                    "instructions",
                    "input",
                    "tools",
                    "parallel_tool_calls",
                    "stream",
                    "store",
                    "include",
                    "reasoning");

    @Override
    public List<String> broken(String path, Headers headers, JsonNode body) {
        var faults = new ArrayList<String>();
        expect(faults, path.equals("/v1/responses"), "no such path: " + path);
        expect(faults, headers.containsKey("authorization"), "You didn't provide an API key");
        body.fieldNames()
                .forEachRemaining(
                        name -> expect(faults, KNOWN.contains(name), "Unknown parameter: " + name));
        expect(faults, !body.path("model").asText().isEmpty(), "you must provide a model");
        expect(faults, body.path("stream").asBoolean(), "stream: expected here");
        expect(faults, !body.path("store").asBoolean(true), "store: nothing is to be stored");
        for (var tool : body.path("tools")) {
            expect(faults, tool.path("type").asText().equals("function"), "tools.type");
            expect(faults, tool.path("name").isTextual(), "tools.name: flat, not in a function");
        }
        items(faults, body.path("input"));
        return faults;
    }

    private static void items(List<String> faults, JsonNode items) {
        expect(faults, !items.isEmpty(), "input: too short");
        var open = new HashSet<String>();
        var before = "";
        for (var item : items) {
            var type = item.path("type").asText();
            boolean isOfModel = type.equals("function_call") || ofAssistant(item);
            expect(
                    faults,
                    !before.equals("reasoning") || isOfModel || type.equals("reasoning"),
                    "reasoning was provided without its required following item");
            item(faults, open, type, item);
            before = type;
        }
        expect(faults, !before.equals("reasoning"), "reasoning without its following item");
        expect(faults, open.isEmpty(), "No tool output found for function call " + open);
    }

    private static boolean ofAssistant(JsonNode item) {
        return item.path("role").asText().equals("assistant");
    }

    private static void part(List<String> faults, boolean ofAssistant, JsonNode part) {
        var type = part.path("type").asText();
        var words = ofAssistant ? "output_text" : "input_text";
        boolean isPicture = !ofAssistant && type.equals("input_image");
        expect(faults, type.equals(words) || isPicture, "not " + words);
        expect(
                faults,
                !isPicture
                        || part.path("image_url")
                                .asText()
                                .matches("data:image/(png|jpeg|gif|webp);base64,[\\w+/]+=*"),
                "input_image: no picture");
    }

    private static void item(List<String> faults, Set<String> open, String type, JsonNode item) {
        var id = item.path("call_id").asText();
        switch (type) {
            case "message" -> {
                expect(faults, open.isEmpty() || ofAssistant(item), "No tool output for " + open);
                item.path("content").forEach(part -> part(faults, ofAssistant(item), part));
            }
            case "reasoning" ->
                    expect(
                            faults,
                            item.path("encrypted_content").asText().equals("gAAA+/="),
                            "The encrypted content could not be verified");
            case "function_call" -> {
                expect(faults, id.matches("[a-zA-Z0-9_-]{1,64}"), "call_id: " + id);
                expect(faults, open.add(id), "call_id is there twice: " + id);
                expect(
                        faults,
                        ToolInput.read(item.path("arguments").asText()).isObject(),
                        "arguments: no object");
            }
            case "function_call_output" -> {
                expect(faults, open.remove(id), "No tool call found for " + id);
                expect(faults, item.path("output").isTextual(), "output: a string expected");
            }
            default -> faults.add("input: unknown type " + type);
        }
    }

    private static void expect(List<String> faults, boolean holds, String fault) {
        if (!holds) {
            faults.add(fault);
        }
    }
}
