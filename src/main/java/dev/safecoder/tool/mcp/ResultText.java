package dev.safecoder.tool.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;

/** The content of a result as text; what is no text is named. */
final class ResultText {
    private ResultText() {}

    static String of(JsonNode result) {
        var parts = new ArrayList<String>();
        result.path("content").forEach(part -> parts.add(part(part)));
        var structured = result.path("structuredContent");
        if (parts.isEmpty() && structured.isContainerNode()) {
            parts.add(structured.toString());
        }
        return String.join("\n", parts);
    }

    private static String part(JsonNode part) {
        var type = part.path("type").asText();
        return switch (type) {
            case "text" -> part.path("text").asText();
            case "resource" -> resource(part.path("resource"));
            case "resource_link" -> "[resource %s]".formatted(part.path("uri").asText());
            default ->
                    "[%s %s, not shown]"
                            .formatted(
                                    type.isEmpty() ? "content" : type,
                                    part.path("mimeType").asText());
        };
    }

    private static String resource(JsonNode resource) {
        return resource.path("text").isTextual()
                ? resource.path("text").asText()
                : "[resource %s, not shown]".formatted(resource.path("uri").asText());
    }
}
