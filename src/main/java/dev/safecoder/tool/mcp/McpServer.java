package dev.safecoder.tool.mcp;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A server as the user wants it.
 *
 * @param command the program and its arguments
 * @param environment what it finds besides the plain environment of its place; never shown
 * @param startLimit until it has named its tools
 * @param callLimit for each call
 * @param tools the server's own names of those that a model may use; empty for all
 */
public record McpServer(
        String name,
        List<String> command,
        Map<String, String> environment,
        Place place,
        Duration startLimit,
        Duration callLimit,
        Optional<Set<String>> tools) {
    private static final int SHORTEST_SECRET = 4;

    /** Where its process runs. */
    public enum Place {
        /** Behind the wall, as whatever else the agent does. */
        SANDBOX,
        /** On the user's machine, with the user's rights. */
        HOST
    }

    public McpServer {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        tools = tools.map(Set::copyOf);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("a server needs a program");
        }
    }

    boolean mayOffer(String tool) {
        return tools.map(names -> names.contains(tool)).orElse(true);
    }

    /** Text for people, without the values of the environment. */
    String withoutSecrets(String text) {
        var shown = text;
        for (var value : environment.values()) {
            if (value.length() >= SHORTEST_SECRET) {
                shown = shown.replace(value, "(hidden)");
            }
        }
        return shown;
    }

    @Override
    public String toString() {
        return "MCP server '%s'".formatted(name);
    }
}
