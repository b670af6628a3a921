package dev.safecoder.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.safecoder.model.ToolDefinition;
import dev.safecoder.tool.Field.Kind;
import dev.safecoder.tool.Field.Need;
import dev.safecoder.tool.ToolResult.Effect;
import java.util.List;

/**
 * What a tool is called, what it says of itself and what it takes.
 *
 * @param whenRefused the effect of a call that was refused before anything was done
 */
record ToolSpec(String name, String description, List<Field> fields, Effect whenRefused) {
    ToolSpec {
        fields = List.copyOf(fields);
    }

    /** A tool that cannot change anything. */
    static ToolSpec reading(String name, String description, Field... fields) {
        return new ToolSpec(name, description, List.of(fields), Effect.READ_ONLY);
    }

    /** A tool that can. */
    static ToolSpec changing(String name, String description, Field... fields) {
        return new ToolSpec(name, description, List.of(fields), Effect.UNTOUCHED);
    }

    ToolDefinition definition() {
        return new ToolDefinition(name, description, schema(fields));
    }

    private static ObjectNode schema(List<Field> fields) {
        var schema = JsonNodeFactory.instance.objectNode();
        schema.put("type", "object");
        var properties = schema.putObject("properties");
        var required = schema.putArray("required");
        for (var field : fields) {
            properties.set(field.name(), property(field));
            if (field.need() == Need.REQUIRED) {
                required.add(field.name());
            }
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    private static ObjectNode property(Field field) {
        var property = JsonNodeFactory.instance.objectNode();
        switch (field.kind()) {
            case Kind.Text _, Kind.Path _ -> property.put("type", "string");
            case Kind.Whole(var least, var most) ->
                    property.put("type", "integer").put("minimum", least).put("maximum", most);
            case Kind.Flag _ -> property.put("type", "boolean");
            case Kind.OneOf(var words) -> {
                property.put("type", "string");
                var allowed = property.putArray("enum");
                words.forEach(allowed::add);
            }
            case Kind.ListOf(var fields, var most) -> {
                property.put("type", "array");
                property.set("items", schema(fields));
                property.put("maxItems", most);
            }
        }
        return property.put("description", field.description());
    }
}
