package dev.safecoder.tool.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.safecoder.model.ToolDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a server offers, made fit for a model. What it says of its tools being harmless is not read.
 *
 * @param troubles a clause for each tool that had to be left out
 */
record Offer(List<McpTool> tools, List<String> troubles) {
    static final int MOST_TOOLS = 128;
    static final int LONGEST_SCHEMA = 32 << 10;
    private static final int LONGEST_DESCRIPTION = 2_000;

    static Offer of(McpServer server, Connection connection, List<JsonNode> listed) {
        var tools = new ArrayList<McpTool>();
        var troubles = new ArrayList<String>();
        int left = 0;
        var missing = new TreeSet<>(server.tools().orElse(Set.of()));
        for (var tool : listed) {
            var name = tool.path("name").asText();
            missing.remove(name);
            if (server.mayOffer(name)) {
                var schema = schema(tool.path("inputSchema"));
                if (name.isEmpty() || schema.toString().length() > LONGEST_SCHEMA) {
                    troubles.add("tool '%s' is described too badly".formatted(LastWords.cut(name)));
                } else if (tools.size() < MOST_TOOLS) {
                    tools.add(new McpTool(server, connection, name, definition(server, tool)));
                } else {
                    left++;
                }
            }
        }
        if (left > 0) {
            troubles.add("%d tools are more than the %d it may have".formatted(left, MOST_TOOLS));
        }
        missing.forEach(name -> troubles.add("it has no tool '%s'".formatted(name)));
        return new Offer(tools, troubles);
    }

    private static ToolDefinition definition(McpServer server, JsonNode tool) {
        return new ToolDefinition(
                ToolName.of(server.name(), tool.path("name").asText()),
                description(server, tool.path("description").asText()),
                schema(tool.path("inputSchema")));
    }

    private static String description(McpServer server, String own) {
        if (own.isBlank()) {
            return "A tool of the %s.".formatted(server);
        }
        return own.length() <= LONGEST_DESCRIPTION
                ? own
                : own.substring(0, LONGEST_DESCRIPTION - 1) + "…";
    }

    /** Providers take schemas of objects only. */
    private static JsonNode schema(JsonNode given) {
        return given.path("type").asText().equals("object")
                ? given
                : JsonNodeFactory.instance.objectNode().put("type", "object");
    }
}
