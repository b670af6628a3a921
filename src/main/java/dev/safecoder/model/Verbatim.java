package dev.safecoder.model;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A reply in the form of the provider that made it, with what text and requests cannot hold, such
 * as signed reasoning. Only {@code author} understands it: any other model leaves it aside.
 *
 * @param author the {@link Model#name} that it came from
 */
public record Verbatim(String author, JsonNode content, Past past) {
    /** What became of the messages before the reply. */
    public enum Past {
        AS_IT_WAS,
        /** They were made shorter; some providers take no reasoning from another past. */
        REWRITTEN
    }

    /** After the messages that it answered. */
    public Verbatim(String author, JsonNode content) {
        this(author, content, Past.AS_IT_WAS);
    }
}
