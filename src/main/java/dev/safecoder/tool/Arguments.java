package dev.safecoder.tool;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A tool's input after {@link InputCheck}: every value has its field's kind. */
record Arguments(Map<String, JsonNode> values) {
    Arguments {
        values = Map.copyOf(values);
    }

    boolean isGiven(String name) {
        return values.containsKey(name);
    }

    /** A required text. */
    String text(String name) {
        return optionalText(name).orElseThrow(() -> new IllegalArgumentException(name));
    }

    Optional<String> optionalText(String name) {
        return Optional.ofNullable(values.get(name)).map(JsonNode::asText);
    }

    /** A path that {@link InputCheck} has checked; the workspace when it was left out. */
    SandboxPath path(String name) {
        return switch (SandboxPath.parse(optionalText(name).orElse("."))) {
            case SandboxPath.Parsed.Valid(var path) -> path;
            case SandboxPath.Parsed.Invalid(var reason) ->
                    throw new IllegalArgumentException(reason);
        };
    }

    OptionalLong number(String name) {
        var value = values.get(name);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value.longValue());
    }

    int number(String name, int otherwise) {
        return (int) number(name).orElse(otherwise);
    }

    /** Whether a flag was given as true. */
    boolean isSet(String name) {
        var value = values.get(name);
        return value != null && value.booleanValue();
    }

    /** The objects of a list that {@link InputCheck} has checked; empty when it was left out. */
    List<Arguments> list(String name) {
        var found = new ArrayList<Arguments>();
        var value = values.get(name);
        if (value != null) {
            value.forEach(item -> found.add(of(item)));
        }
        return found;
    }

    static Arguments of(JsonNode object) {
        var values = new HashMap<String, JsonNode>();
        object.properties().forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        return new Arguments(values);
    }
}
