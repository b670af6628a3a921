package dev.safecoder.session;

import dev.safecoder.model.Message;
import dev.safecoder.model.ToolAnswer;
import java.util.ArrayList;
import java.util.List;

/**
 * One way in which a conversation was made shorter. It is written down as what was done, so that it
 * can be done again on the messages before it, and left out when they are rewound to.
 */
sealed interface Compaction {
    /** The messages afterwards; replies that stay have a rewritten past. */
    List<Message> applyTo(List<Message> messages);

    /** What a reader of reports calls it. */
    String kind();

    /**
     * Long tool outputs lost their middle.
     *
     * @param before the first message that keeps its outputs
     * @param longest the characters that are left of an output
     */
    record Shortening(int before, int longest) implements Compaction {
        @Override
        public List<Message> applyTo(List<Message> messages) {
            var shorter = new ArrayList<Message>();
            for (var message : messages) {
                shorter.add(
                        shorter.size() < before && message instanceof Message.ToolAnswers(var all)
                                ? new Message.ToolAnswers(all.stream().map(this::cut).toList())
                                : withRewrittenPast(message));
            }
            return shorter;
        }

        private ToolAnswer cut(ToolAnswer answer) {
            var text = answer.text();
            if (text.length() <= 2 * longest) {
                return answer;
            }
            int head = text.offsetByCodePoints(0, text.codePointCount(0, longest / 2));
            int tail = text.length() - longest / 2;
            if (Character.isLowSurrogate(text.charAt(tail))) {
                tail++;
            }
            return new ToolAnswer(
                    answer.id(),
                    "%s\n[... %,d characters are left out to make room; call again to see them ...]\n%s"
                            .formatted(text.substring(0, head), tail - head, text.substring(tail)),
                    answer.outcome());
        }

        @Override
        public String kind() {
            return "shortened";
        }
    }

    /**
     * A summary by the model stands for the messages.
     *
     * @param before the first message that stays
     */
    record Summarising(int before, String text) implements Compaction {
        private static final String HEAD =
                "[The earlier part of this conversation is gone; this is your summary of it.]\n\n";

        @Override
        public List<Message> applyTo(List<Message> messages) {
            var older = messages.subList(0, Math.min(before, messages.size()));
            var shorter = new ArrayList<Message>();
            shorter.add(new Message.Summary(HEAD + text, replies(older) + 1));
            messages.subList(older.size(), messages.size())
                    .forEach(message -> shorter.add(withRewrittenPast(message)));
            return shorter;
        }

        private static int replies(List<Message> messages) {
            return messages.stream()
                    .mapToInt(
                            message ->
                                    switch (message) {
                                        case Message.ModelReply _ -> 1;
                                        case Message.Summary(_, var replies) -> replies;
                                        case Message.UserText _, Message.ToolAnswers _ -> 0;
                                    })
                    .sum();
        }

        @Override
        public String kind() {
            return "summarised";
        }
    }

    private static Message withRewrittenPast(Message message) {
        return message instanceof Message.ModelReply(var reply)
                ? new Message.ModelReply(reply.withRewrittenPast())
                : message;
    }
}
