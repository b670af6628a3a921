package dev.safecoder.model;

import dev.safecoder.model.Verbatim.Past;
import java.util.List;
import java.util.Optional;

/**
 * One reply: its text, the tools it asks for, and what it cost.
 *
 * @param verbatim what the provider wants back unchanged; empty when text and requests are all
 */
public record Reply(
        String text,
        List<ToolRequest> requests,
        Usage usage,
        Ending ending,
        Optional<Verbatim> verbatim) {
    /** How a reply came to its end. */
    public enum Ending {
        /** The model had said everything. */
        WHOLE,
        /** It was as long as it may be; the last request's input may be cut and is then a text. */
        CUT_OFF
    }

    public Reply {
        requests = List.copyOf(requests);
    }

    /** A whole reply that is only its text and its requests. */
    public Reply(String text, List<ToolRequest> requests, Usage usage) {
        this(text, requests, usage, Ending.WHOLE, Optional.empty());
    }

    /** The same reply in a conversation whose earlier messages have become others. */
    public Reply withRewrittenPast() {
        return new Reply(
                text,
                requests,
                usage,
                ending,
                verbatim.map(it -> new Verbatim(it.author(), it.content(), Past.REWRITTEN)));
    }

    /** The same reply with this usage. */
    public Reply withUsage(Usage counted) {
        return new Reply(text, requests, counted, ending, verbatim);
    }
}
