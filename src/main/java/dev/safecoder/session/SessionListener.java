package dev.safecoder.session;

import dev.safecoder.history.Checkpoint;
import dev.safecoder.model.ToolRequest;
import dev.safecoder.model.Usage;
import java.time.Duration;

/**
 * Hears a session while it runs, one call at a time; a reply in the making comes on another thread
 * than the rest. Every string came from a model or a sandbox and is raw: whoever shows it encodes
 * it.
 */
public interface SessionListener {
    /** More text of the model's reply. */
    void text(String more);

    /** More of what the model thinks, where it tells. */
    default void thought(String more) {}

    /** The model is asked again after this time; what was heard of its reply is void. */
    default void waiting(Duration time, String reason) {
        note("%s; asking again in %.0f s".formatted(reason, Math.ceil(time.toMillis() / 1e3)));
    }

    /** The model's reply is complete. */
    void replied(Usage usage);

    void toolStarted(ToolRequest request);

    void toolEnded(ToolCall call);

    void checkpointTaken(Checkpoint checkpoint);

    /** The conversation is long; the model is asked for a summary of it, which takes a while. */
    default void compacting() {
        note("The conversation is long; a summary is being made ...");
    }

    /**
     * The conversation has become shorter.
     *
     * @param kind {@code shortened} for old tool outputs, {@code summarised} for messages
     * @param tokensBefore by estimate
     * @param tokensAfter by estimate
     */
    default void compacted(String kind, long tokensBefore, long tokensAfter) {
        note(
                "The conversation was %s: about %,d tokens instead of %,d."
                        .formatted(kind, tokensAfter, tokensBefore));
    }

    /** Something a person should know: one line of ours. */
    void note(String line);

    /** Hears nothing. */
    static SessionListener none() {
        return new SessionListener() {
            @Override
            public void text(String more) {}

            @Override
            public void replied(Usage usage) {}

            @Override
            public void toolStarted(ToolRequest request) {}

            @Override
            public void toolEnded(ToolCall call) {}

            @Override
            public void checkpointTaken(Checkpoint checkpoint) {}

            @Override
            public void note(String line) {}
        };
    }
}
