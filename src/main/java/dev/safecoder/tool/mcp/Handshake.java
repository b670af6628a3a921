package dev.safecoder.tool.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The first words with a server: which revision it speaks, and which tools it has. */
final class Handshake {
    /** The one that is asked for first. */
    static final List<String> REVISIONS =
            List.of("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");

    private static final int MOST_PAGES = 32;

    private final Connection connection;
    private final long end;

    /** What came of it. */
    sealed interface Outcome {
        record Ready(List<JsonNode> tools) implements Outcome {}

        /**
         * @param why a clause with "it" for the server
         */
        record Failed(String why) implements Outcome {}
    }

    Handshake(Connection connection, Duration limit) {
        this.connection = connection;
        this.end = System.nanoTime() + limit.toNanos();
    }

    Outcome shake() throws InterruptedException {
        return switch (connection.request(Connection.INITIALIZE, introduction(), rest())) {
            case Reply.Missing(var why) -> new Outcome.Failed(why);
            case Reply.Refused(var words) -> new Outcome.Failed("it refuses: " + words);
            case Reply.Result(var result) -> {
                var revision = result.path("protocolVersion").asText();
                if (!REVISIONS.contains(revision)) {
                    yield new Outcome.Failed(
                            "it speaks revision '%s' of the protocol, and none of %s"
                                    .formatted(
                                            LastWords.cut(revision), String.join(", ", REVISIONS)));
                }
                connection.notify("notifications/initialized", object());
                yield list();
            }
        };
    }

    private static ObjectNode introduction() {
        var parameters = object().put("protocolVersion", REVISIONS.getFirst());
        parameters.putObject("capabilities");
        parameters.putObject("clientInfo").put("name", "safe-coder").put("version", "0.1.0");
        return parameters;
    }

    private Outcome list() throws InterruptedException {
        var tools = new ArrayList<JsonNode>();
        var parameters = object();
        for (int page = 0; page < MOST_PAGES; page++) {
            switch (connection.request("tools/list", parameters, rest())) {
                case Reply.Missing(var why) -> {
                    return new Outcome.Failed(why);
                }
                case Reply.Refused(var words) -> {
                    return new Outcome.Failed("it does not name its tools: " + words);
                }
                case Reply.Result(var result) -> {
                    result.path("tools").forEach(tools::add);
                    var next = result.path("nextCursor").asText();
                    if (next.isEmpty() || tools.size() > 10 * Offer.MOST_TOOLS) {
                        return new Outcome.Ready(tools);
                    }
                    parameters = object().put("cursor", next);
                }
            }
        }
        return new Outcome.Ready(tools);
    }

    private Duration rest() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
