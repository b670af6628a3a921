package dev.safecoder.model;

import java.util.OptionalLong;

/** Something that continues a conversation: a provider, or a written script. */
public interface Model {
    /**
     * The next reply. Text arrives at {@code listener} while it is made; the result is the whole.
     *
     * @throws ModelException when there is no reply to be had
     */
    Reply ask(Conversation conversation, ModelListener listener) throws InterruptedException;

    /** Tokens that it reads and writes together; empty as long as nobody knows. */
    default OptionalLong contextWindow() {
        return OptionalLong.empty();
    }

    /** Whether what it costs is known, so that a limit on that can be held. */
    default boolean isPriced() {
        return false;
    }

    /**
     * Whether prompts may carry pictures; true as long as nobody knows better. A service that tells
     * is asked.
     *
     * @throws ModelException when such a service gives no answer
     */
    default boolean takesPictures() throws InterruptedException {
        return true;
    }

    /** The name that reports and footers show, such as {@code script:demo.json}. */
    String name();
}
