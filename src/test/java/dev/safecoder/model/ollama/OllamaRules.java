package dev.safecoder.model.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import dev.safecoder.model.remote.ScriptedServer;
import dev.safecoder.model.remote.ScriptedServer.Play;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an agent must ask of Ollama, which itself takes nearly anything. */
public final class OllamaRules implements ScriptedServer.Rules {
    private static final Set<String> KNOWN =
            Set.of("model", "messages", "tools", "stream", "options");

    private final String shown;

    /**
     * @param shown what is told of every model
     */
    public OllamaRules(String shown) {
        this.shown = shown;
    }

    @Override
    public Optional<Play> aside(String path, JsonNode body) {
        return path.equals("/api/show") ? Optional.of(Play.reply(shown)) : Optional.empty();
    }

    @Override
    public List<String> broken(String path, Headers headers, JsonNode body) {
        var faults = new ArrayList<String>();
        expect(faults, !body.path("model").asText().isEmpty(), "model is required");
        if (path.equals("/api/show")) {
            return faults;
        }
        expect(faults, path.equals("/api/chat"), "no such path: " + path);
        body.fieldNames()
                .forEachRemaining(
                        name -> expect(faults, KNOWN.contains(name), "Unknown field: " + name));
        expect(faults, body.path("stream").asBoolean(), "stream: expected here");
        expect(faults, body.path("options").path("num_ctx").asInt() > 0, "num_ctx: not set");
        messages(faults, body.path("messages"));
        return faults;
    }

    private static void messages(List<String> faults, JsonNode messages) {
        var open = new ArrayList<String>();
        for (var message : messages) {
            var role = message.path("role").asText();
            if (role.equals("tool")) {
                var name = message.path("tool_name").asText();
                expect(faults, open.remove(name), "no call of " + name);
            } else {
                expect(faults, open.isEmpty(), "calls without an answer: " + open);
            }
            expect(
                    faults,
                    Set.of("system", "user", "assistant", "tool").contains(role),
                    "invalid role: " + role);
            expect(faults, message.path("content").isTextual(), "content: a string expected");
            for (var call : message.path("tool_calls")) {
                open.add(call.path("function").path("name").asText());
                expect(
                        faults,
                        call.path("function").path("arguments").isObject(),
                        "arguments: an object expected");
            }
        }
        expect(faults, open.isEmpty(), "calls without an answer: " + open);
    }

    private static void expect(List<String> faults, boolean holds, String fault) {
        if (!holds) {
            faults.add(fault);
        }
    }
}
