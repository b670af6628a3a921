package dev.safecoder.sandbox.container;

import dev.safecoder.sandbox.Availability.Unusable;
import java.util.List;

/** Where an engine is to be looked for. */
sealed interface EngineSearch {
    /** Named by the user (a variable, a context): this one or none. */
    record Named(EngineAddress address, String by) implements EngineSearch {}

    /** The usual places, best first. */
    record Usual(List<EngineAddress> addresses) implements EngineSearch {
        public Usual {
            addresses = List.copyOf(addresses);
        }
    }

    /** What the user named cannot be reached by us. */
    record Refused(Unusable why) implements EngineSearch {}
}
