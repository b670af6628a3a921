package dev.safecoder.session;

import dev.safecoder.model.ToolAnswer;
import dev.safecoder.model.ToolRequest;
import dev.safecoder.tool.ToolResult;
import java.time.Duration;

/** One tool request with its result and the time it took. */
public record ToolCall(ToolRequest request, ToolResult result, Duration took) {
    /** Whether the request was not met. */
    public boolean isRefused() {
        return result.answer().outcome() == ToolAnswer.Outcome.REFUSED;
    }
}
