package dev.safecoder.tool.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.safecoder.model.ToolAnswer.Outcome;
import dev.safecoder.model.ToolDefinition;
import dev.safecoder.tool.AddedTool;

/**
 * One tool of a server.
 *
 * @param remoteName what the server calls it
 */
record McpTool(
        McpServer server, Connection connection, String remoteName, ToolDefinition definition)
        implements AddedTool {

    @Override
    public Answer run(ObjectNode input) throws InterruptedException {
        var parameters = JsonNodeFactory.instance.objectNode().put("name", remoteName);
        parameters.set("arguments", input);
        return switch (connection.request("tools/call", parameters, server.callLimit())) {
            case Reply.Result(var result) ->
                    new Answer(
                            ResultText.of(result),
                            result.path("isError").asBoolean() ? Outcome.REFUSED : Outcome.DONE);
            case Reply.Refused(var words) ->
                    new Answer("%s refuses: %s".formatted(server, words), Outcome.REFUSED);
            case Reply.Missing(var why) ->
                    new Answer(
                            server.withoutSecrets("%s gave no answer: %s".formatted(server, why)),
                            Outcome.REFUSED);
        };
    }
}
