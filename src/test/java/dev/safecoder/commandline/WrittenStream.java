package dev.safecoder.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.safecoder.model.anthropic.MessagesRules;
import dev.safecoder.model.ollama.OllamaRules;
import dev.safecoder.model.openai.ChatRules;
import dev.safecoder.model.openai.ResponsesRules;
import dev.safecoder.model.remote.ScriptedServer.Rules;
import java.util.Locale;

/** Writes a turn of a script as each provider streams it. */
enum WrittenStream {
    ANTHROPIC("") {
        @Override
        Rules rules() {
            return new MessagesRules();
        }

        @Override
        String of(JsonNode turn) {
            var stream = new StringBuilder();
            stream.append(
                    event(
                            "message_start",
                            """
                            "message":{"id":"m","type":"message","role":"assistant","content":[],\
                            "model":"some-model","stop_reason":null,"stop_sequence":null,\
                            "usage":{"input_tokens":1,"output_tokens":1}}"""));
            int index = 0;
            if (!text(turn).isEmpty()) {
                stream.append(
                        block(
                                index++,
                                "{\"type\":\"text\",\"text\":\"\"}",
                                "{\"type\":\"text_delta\",\"text\":%s}"
                                        .formatted(quoted(text(turn)))));
            }
            for (var call : turn.path("tool_calls")) {
                var start =
                        "{\"type\":\"tool_use\",\"id\":\"%s\",\"name\":%s,\"input\":{}}"
                                .formatted("toolu_" + id(call), call.path("name"));
                var delta =
                        "{\"type\":\"input_json_delta\",\"partial_json\":%s}"
                                .formatted(quoted(call.path("input").toString()));
                stream.append(block(index++, start, delta));
            }
            stream.append(
                    event(
                            "message_delta",
                            "\"delta\":{\"stop_reason\":\"%s\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":2}"
                                    .formatted(calls(turn) ? "tool_use" : "end_turn")));
            return stream.append("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n")
                    .toString();
        }

        private String block(int index, String start, String delta) {
            return event(
                            "content_block_start",
                            "\"index\":%d,\"content_block\":%s".formatted(index, start))
                    + event(
                            "content_block_delta",
                            "\"index\":%d,\"delta\":%s".formatted(index, delta))
                    + event("content_block_stop", "\"index\":%d".formatted(index));
        }
    },

    OPENAI("/v1") {
        @Override
        Rules rules() {
            return new ResponsesRules();
        }

        @Override
        String of(JsonNode turn) {
            var stream = new StringBuilder();
            if (!text(turn).isEmpty()) {
                var words = quoted(text(turn));
                stream.append(event("response.output_text.delta", "\"delta\":" + words));
                stream.append(
                        item(
                                """
                                {"id":"msg","type":"message","role":"assistant","status":"completed",\
                                "content":[{"type":"output_text","annotations":[],"text":%s}]}"""
                                        .formatted(words)));
            }
            for (var call : turn.path("tool_calls")) {
                stream.append(
                        item(
                                "{\"id\":\"fc_%s\",\"type\":\"function_call\",\"call_id\":\"call_%s\",\"name\":%s,\"arguments\":%s}"
                                        .formatted(
                                                id(call),
                                                id(call),
                                                call.path("name"),
                                                quoted(call.path("input").toString()))));
            }
            return stream.append(
                            event(
                                    "response.completed",
                                    """
                                    "response":{"id":"r","status":"completed","output":[],\
                                    "usage":{"input_tokens":1,"output_tokens":2,"total_tokens":3}}"""))
                    .toString();
        }

        private String item(String item) {
            return event("response.output_item.done", "\"item\":" + item);
        }
    },

    OPENAI_COMPATIBLE("/v1") {
        @Override
        Rules rules() {
            return new ChatRules();
        }

        @Override
        String of(JsonNode turn) {
            var stream = new StringBuilder();
            if (!text(turn).isEmpty()) {
                stream.append(chunk("{\"content\":%s}".formatted(quoted(text(turn))), "null"));
            }
            int index = 0;
            for (var call : turn.path("tool_calls")) {
                stream.append(
                        chunk(
                                "{\"tool_calls\":[{\"index\":%d,\"id\":\"call_%s\",\"type\":\"function\",\"function\":{\"name\":%s,\"arguments\":%s}}]}"
                                        .formatted(
                                                index++,
                                                id(call),
                                                call.path("name"),
                                                quoted(call.path("input").toString())),
                                "null"));
            }
            return stream.append(chunk("{}", calls(turn) ? "\"tool_calls\"" : "\"stop\""))
                    .append("data: [DONE]\n\n")
                    .toString();
        }

        private String chunk(String delta, String end) {
            return "data: {\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}\n\n"
                    .formatted(delta, end);
        }
    },

    OLLAMA("") {
        @Override
        Rules rules() {
            return new OllamaRules(
                    """
                    {"capabilities":["completion","tools","vision"],
                     "model_info":{"general.architecture":"x","x.context_length":32768}}
                    """);
        }

        @Override
        String of(JsonNode turn) {
            var message = JsonNodeFactory.instance.objectNode().put("role", "assistant");
            message.put("content", text(turn));
            var calls = message.putArray("tool_calls");
            for (var call : turn.path("tool_calls")) {
                var function = calls.addObject().putObject("function");
                function.set("name", call.path("name"));
                function.set("arguments", call.path("input"));
            }
            return line(message, false) + line(JsonNodeFactory.instance.objectNode(), true);
        }

        private String line(ObjectNode message, boolean last) {
            var line = JsonNodeFactory.instance.objectNode().put("model", "some-model");
            line.set("message", message);
            line.put("done", last);
            return (last ? line.put("done_reason", "stop") : line) + "\n";
        }
    };

    private final String path;

    WrittenStream(String path) {
        this.path = path;
    }

    /** What the service demands of a request. */
    abstract Rules rules();

    /** The turn's reply. */
    abstract String of(JsonNode turn);

    /** What comes after the server in {@code llm.base_url}. */
    String path() {
        return path;
    }

    /** As users write it. */
    String provider() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String text(JsonNode turn) {
        return turn.path("text").asText();
    }

    private static boolean calls(JsonNode turn) {
        return !turn.path("tool_calls").isEmpty();
    }

    /** Each call's own: no two calls of a conversation here have the same input. */
    private static String id(JsonNode call) {
        return Integer.toHexString(call.hashCode());
    }

    private static String quoted(String text) {
        return JsonNodeFactory.instance.textNode(text).toString();
    }

    private static String event(String type, String fields) {
        return "event: %s\ndata: {\"type\":\"%s\",%s}\n\n".formatted(type, type, fields);
    }
}
