package dev.safecoder.tool.mcp;

import com.fasterxml.jackson.databind.JsonNode;

/** What became of a request. */
sealed interface Reply {
    /** It was met. */
    record Result(JsonNode value) implements Reply {}

    /** The server refuses it, in its words. */
    record Refused(String words) implements Reply {}

    /**
     * There is no answer.
     *
     * @param why a clause with "it" for the server
     */
    record Missing(String why) implements Reply {}
}
