package dev.safecoder.model;

import java.util.List;

/** One entry of a conversation. */
public sealed interface Message {
    /** What the user wrote. */
    record UserText(String text) implements Message {}

    /**
     * What stands for the messages before it, which are gone from the conversation.
     *
     * @param replies how many replies it stands for, with the one that wrote it
     */
    record Summary(String text, int replies) implements Message {}

    /** What the model replied. */
    record ModelReply(Reply reply) implements Message {}

    /** The answers to all requests of the reply before it, in its order. */
    record ToolAnswers(List<ToolAnswer> answers) implements Message {
        public ToolAnswers {
            answers = List.copyOf(answers);
        }
    }
}
