package dev.safecoder.model;

import java.util.List;

/** One entry of a conversation. */
public sealed interface Message {
    /** What the user wrote, with the pictures it is about. */
    record UserText(String text, List<Picture> pictures) implements Message {
        public UserText {
            pictures = List.copyOf(pictures);
        }

        /** Words alone. */
        public UserText(String text) {
            this(text, List.of());
        }

        /** The same for a model that takes no pictures: a line stands for each. */
        UserText withoutPictures() {
            var words = new StringBuilder();
            pictures.forEach(
                    it ->
                            words.append(
                                    "[The picture '%s' is left out: you cannot see any.]\n"
                                            .formatted(it.name())));
            return new UserText(words + text);
        }
    }

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
