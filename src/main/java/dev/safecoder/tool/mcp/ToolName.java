package dev.safecoder.tool.mcp;

/** The name under which a model knows a server's tool. */
final class ToolName {
    /** What every provider takes. */
    static final int MOST_CHARACTERS = 64;

    private ToolName() {}

    /** {@code mcp__server__tool}, every character that a provider would refuse replaced. */
    static String of(String server, String tool) {
        var name = "mcp__%s__%s".formatted(server, tool).replaceAll("[^A-Za-z0-9_-]", "_");
        return name.length() <= MOST_CHARACTERS ? name : name.substring(0, MOST_CHARACTERS);
    }
}
