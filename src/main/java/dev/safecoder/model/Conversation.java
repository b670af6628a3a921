package dev.safecoder.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The system's words and the messages so far, in order; every tool request has its answer. */
public record Conversation(String system, List<ToolDefinition> tools, List<Message> messages) {
    public Conversation {
        tools = List.copyOf(tools);
        messages = List.copyOf(messages);
    }

    /** The same conversation with one more message. */
    public Conversation plus(Message message) {
        var more = new ArrayList<>(messages);
        more.add(message);
        return with(more);
    }

    /** The pictures that its prompts carry, oldest first. */
    public List<Picture> pictures() {
        return messages.stream()
                .flatMap(
                        it ->
                                it instanceof Message.UserText said
                                        ? said.pictures().stream()
                                        : Stream.empty())
                .toList();
    }

    /** The same for a model that takes no pictures. */
    public Conversation withoutPictures() {
        return with(
                messages.stream()
                        .map(
                                it ->
                                        it instanceof Message.UserText said
                                                ? said.withoutPictures()
                                                : it)
                        .toList());
    }

    /** The same system's words and tools over these messages. */
    public Conversation with(List<Message> others) {
        return new Conversation(system, tools, others);
    }
}
