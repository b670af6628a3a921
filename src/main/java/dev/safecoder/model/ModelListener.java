package dev.safecoder.model;

import java.time.Duration;

/** Hears a reply while it is made; one call at a time, on any thread, none after the reply. */
public interface ModelListener {
    /** More text of the reply. */
    void text(String more);

    /** More of what the model thinks, where it tells. */
    default void thought(String more) {}

    /**
     * The model is asked again after this time, because of what {@code reason} says in one clause;
     * text of this reply that was heard before is void.
     */
    default void waiting(Duration time, String reason) {}
}
