package dev.safecoder.model.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.safecoder.model.ToolRequest;

/** The input of a call, which both formats write as JSON in a string. */
final class ToolInput {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ToolInput() {}

    /** What the string says; one that is no JSON, as after a cut, stays the text it is. */
    static JsonNode read(String arguments) {
        if (arguments.isBlank()) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            return JSON.readTree(arguments);
        } catch (JsonProcessingException cutOff) {
            return TextNode.valueOf(arguments);
        }
    }

    /** Only an object is taken back; the answer says what was wrong with anything else. */
    static String written(ToolRequest request) {
        return request.input().isObject() ? request.input().toString() : "{}";
    }
}
