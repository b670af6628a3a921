package dev.safecoder.model;

import java.util.List;

/** One reply: its text, the tools it asks for, and what it cost. */
public record Reply(String text, List<ToolRequest> requests, Usage usage) {
    public Reply {
        requests = List.copyOf(requests);
    }
}
