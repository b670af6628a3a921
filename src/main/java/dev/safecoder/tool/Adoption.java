package dev.safecoder.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.safecoder.model.ToolDefinition;
import dev.safecoder.tool.ToolResult.Effect;
import java.util.OptionalInt;

/** Holds an added tool to what the toolbox promises of all its tools. */
final class Adoption {
    private static final JsonMapper JSON = new JsonMapper();

    private final AddedTool tool;
    private final ToolDefinition definition;

    Adoption(AddedTool tool) {
        this.tool = tool;
        this.definition = sendable(tool.definition());
    }

    private static ToolDefinition sendable(ToolDefinition given) {
        try {
            var schema = JSON.readTree(ModelText.sendable(given.inputSchema().toString()));
            return new ToolDefinition(
                    given.name(), ModelText.sendable(given.description()), schema);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(given.name(), broken);
        }
    }

    ToolDefinition definition() {
        return definition;
    }

    Said run(JsonNode input) throws InterruptedException {
        var given = InputCheck.unwrapped(input);
        if (InputCheck.isAbsent(given)) {
            return run(JsonNodeFactory.instance.objectNode());
        }
        return given instanceof ObjectNode object
                ? run(object)
                : Said.refused("the input must be an object", Effect.UNTOUCHED);
    }

    private Said run(ObjectNode input) throws InterruptedException {
        var answer = tool.run(input);
        var text = new HeadAndTail(CapturedOutput.MOST_CHARACTERS);
        text.append(answer.text());
        var shown = ModelText.output(text.text());
        return new Said(
                shown.isBlank() ? "(no output)" : shown,
                answer.outcome(),
                OptionalInt.empty(),
                shown.strip(),
                Effect.POSSIBLY_CHANGED);
    }
}
