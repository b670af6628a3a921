package dev.safecoder.model.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import dev.safecoder.model.remote.ScriptedServer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the Messages API demands since its version 2026-10-21. */
public final class MessagesRules implements ScriptedServer.Rules {
    private static final Set<String> KNOWN =
            Set.of(
                    "model",
                    "max_tokens",
                    "system",
                    "messages",
                    "tools",
                    "tool_choice",
                    "thinking",
                    "output_config",
                    "stream",
                    "stop_sequences",
                    "metadata");

    @Override
    public List<String> broken(String path, Headers headers, JsonNode body) {
        var faults = new ArrayList<String>();
        expect(faults, path.equals("/v1/messages"), "no such path: " + path);
        expect(
                faults,
                "2026-10-21".equals(headers.getFirst("anthropic-version")),
                "anthropic-version: a known version is required");
        expect(
                faults,
                headers.containsKey("x-api-key") || headers.containsKey("authorization"),
                "x-api-key header is required");
        body.fieldNames()
                .forEachRemaining(
                        name -> expect(faults, KNOWN.contains(name), name + ": not permitted"));
        expect(faults, !body.path("model").asText().isEmpty(), "model: Field required");
        expect(faults, body.path("max_tokens").asInt() > 0, "max_tokens: Field required");
        expect(faults, body.path("stream").asBoolean(), "stream: expected here");
        expect(faults, marks(body) <= 4, "A maximum of 4 blocks with cache_control");
        tools(faults, body.path("tools"));
        messages(faults, body.path("messages"));
        return faults;
    }

    private static int marks(JsonNode body) {
        return body.findValues("cache_control").size();
    }

    private static void tools(List<String> faults, JsonNode tools) {
        var names = new HashSet<String>();
        for (var tool : tools) {
            var name = tool.path("name").asText();
            expect(faults, name.matches("[a-zA-Z0-9_-]{1,64}"), "tools.name: " + name);
            expect(faults, names.add(name), "tools: Tool names must be unique");
            expect(
                    faults,
                    tool.path("input_schema").path("type").asText().equals("object"),
                    "tools.input_schema.type: Field required");
        }
    }

    private static void messages(List<String> faults, JsonNode messages) {
        expect(faults, !messages.isEmpty(), "messages: at least one message is required");
        expect(
                faults,
                messages.path(0).path("role").asText().equals("user"),
                "messages: first message must use the user role");
        var open = new LinkedHashSet<String>();
        String before = "";
        for (var message : messages) {
            var role = message.path("role").asText();
            expect(faults, Set.of("user", "assistant").contains(role), "role: " + role);
            expect(faults, !role.equals(before), "messages: roles must alternate");
            before = role;
            var content = message.path("content");
            boolean isThere =
                    content.isTextual() ? !content.asText().isBlank() : !content.isEmpty();
            expect(faults, isThere, "content must not be empty");
            answers(faults, open, message.path("content"));
            for (var block : message.path("content")) {
                block(faults, open, block);
            }
        }
        expect(faults, open.isEmpty(), "tool_use ids were found without tool_result blocks");
        expect(faults, before.equals("user"), "the conversation must end with a user message");
    }

    /** All calls of the message before, each once, before anything else. */
    private static void answers(List<String> faults, Set<String> open, JsonNode content) {
        boolean mayAnswer = true;
        for (var block : content) {
            if (!block.path("type").asText().equals("tool_result")) {
                mayAnswer = false;
                continue;
            }
            var id = block.path("tool_use_id").asText();
            expect(faults, mayAnswer, "tool_result blocks must come first");
            expect(faults, open.remove(id), "unexpected tool_use_id found: " + id);
        }
        expect(
                faults,
                open.isEmpty(),
                "tool_use ids were found without tool_result blocks immediately after: " + open);
        open.clear();
    }

    private static void block(List<String> faults, Set<String> open, JsonNode block) {
        switch (block.path("type").asText()) {
            case "text" ->
                    expect(
                            faults,
                            !block.path("text").asText().isBlank(),
                            "text content blocks must contain non-whitespace text");
            case "image" -> picture(faults, block.path("source"));
            case "tool_use" -> {
                var id = block.path("id").asText();
                expect(faults, id.matches("[a-zA-Z0-9_-]+"), "tool_use.id: " + id);
                expect(faults, open.add(id), "tool_use ids must be unique");
                expect(faults, block.path("input").isObject(), "tool_use.input: not a dictionary");
            }
            case "tool_result" ->
                    expect(faults, block.has("content"), "tool_result.content: expected here");
            case "thinking" ->
                    expect(
                            faults,
                            block.path("signature").asText().startsWith("SIG"),
                            "Invalid `signature` in `thinking` block");
            default -> faults.add("unknown block " + block.path("type"));
        }
    }

    private static void picture(List<String> faults, JsonNode source) {
        expect(faults, source.path("type").asText().equals("base64"), "image.source.type");
        expect(
                faults,
                source.path("media_type").asText().matches("image/(png|jpeg|gif|webp)"),
                "image.source.media_type: " + source.path("media_type"));
        expect(faults, isBase64(source.path("data").asText()), "image.source.data: no base64");
    }

    private static boolean isBase64(String data) {
        return data.matches("(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?");
    }

    private static void expect(List<String> faults, boolean holds, String fault) {
        if (!holds) {
            faults.add(fault);
        }
    }
}
