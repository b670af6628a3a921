package dev.safecoder.model;

/** Something that continues a conversation: a provider, or a written script. */
public interface Model {
    /**
     * The next reply. Text arrives at {@code listener} while it is made; the result is the whole.
     *
     * @throws ModelException when there is no reply to be had
     */
    Reply ask(Conversation conversation, ModelListener listener) throws InterruptedException;

    /** The name that reports and footers show, such as {@code script:demo.json}. */
    String name();
}
