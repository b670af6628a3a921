package dev.safecoder.session;

import dev.safecoder.model.Conversation;
import dev.safecoder.model.Message;
import dev.safecoder.model.Picture;
import dev.safecoder.model.Reply;
import dev.safecoder.model.Usage;
import java.util.List;

/**
 * Estimates how many tokens a conversation takes: by its characters, at the rate that the provider
 * counted last. Not thread-safe.
 */
final class ContextMeter {
    private static final double CHARACTERS_PER_TOKEN = 3.5;

    /** What surrounds a message on its way: roles, names, ids. */
    private static final int CHARACTERS_AROUND = 40;

    private static final double LEAST_CORRECTION = 0.5;
    private static final double MOST_CORRECTION = 4;

    private double correction = 1;

    /** The provider has counted a conversation. */
    void counted(Conversation asked, Usage usage) {
        if (usage.inputTokens() > 0) {
            var counted = usage.inputTokens() * CHARACTERS_PER_TOKEN / characters(asked);
            correction = Math.clamp(counted, LEAST_CORRECTION, MOST_CORRECTION);
        }
    }

    long tokens(Conversation conversation) {
        return tokens(characters(conversation));
    }

    long tokens(List<Message> messages) {
        return tokens(characters(messages));
    }

    private long tokens(long characters) {
        return (long) Math.ceil(characters * correction / CHARACTERS_PER_TOKEN);
    }

    private static long characters(Conversation conversation) {
        long all = conversation.system().length() + characters(conversation.messages());
        for (var tool : conversation.tools()) {
            all += tool.name().length() + tool.description().length();
            all += tool.inputSchema().toString().length();
        }
        return all;
    }

    private static long characters(List<Message> messages) {
        return messages.stream().mapToLong(ContextMeter::characters).sum();
    }

    private static long characters(Message message) {
        return CHARACTERS_AROUND
                + switch (message) {
                    case Message.UserText(var text, var pictures) ->
                            text.length() + (long) pictures.size() * Picture.CHARACTERS;
                    case Message.Summary(var text, _) -> text.length();
                    case Message.ModelReply(var reply) -> characters(reply);
                    case Message.ToolAnswers(var answers) ->
                            answers.stream()
                                    .mapToLong(it -> it.text().length() + CHARACTERS_AROUND)
                                    .sum();
                };
    }

    private static long characters(Reply reply) {
        long all = reply.text().length();
        for (var request : reply.requests()) {
            all += CHARACTERS_AROUND + request.input().toString().length();
        }
        return all;
    }
}
