package dev.safecoder.session;

import dev.safecoder.history.Checkpoint;
import dev.safecoder.model.Conversation;
import dev.safecoder.model.Message;
import dev.safecoder.model.Usage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The conversation and what it came to, each entry written down as it comes to be, so that nothing
 * is lost by an end. Not thread-safe.
 */
final class Ledger {
    private final Transcript transcript;
    private final List<ToolCall> calls = new ArrayList<>();
    private Conversation conversation;
    private String lastWords = "";
    private Usage usage = Usage.NONE;
    private int replies;

    /**
     * @param conversation as the transcript has it
     */
    Ledger(Transcript transcript, Conversation conversation) {
        this.transcript = transcript;
        this.conversation = conversation;
    }

    /** Puts the message at the conversation's end. */
    void keep(Message message) throws IOException {
        transcript.append(message);
        conversation = conversation.plus(message);
        if (message instanceof Message.ModelReply(var reply)) {
            replies++;
            spent(reply.usage());
            lastWords = reply.text().isBlank() ? lastWords : reply.text();
        }
    }

    /** Makes the conversation shorter. */
    void compacted(Compaction step) throws IOException {
        transcript.compaction(step);
        conversation = conversation.with(step.applyTo(conversation.messages()));
    }

    void call(ToolCall call) {
        calls.add(call);
    }

    /**
     * @param answered how many requests of the last reply have been met
     */
    void checkpoint(Checkpoint taken, int answered) throws IOException {
        transcript.checkpoint(taken.step(), answered);
    }

    void spent(Usage more) {
        usage = usage.plus(more);
    }

    Conversation conversation() {
        return conversation;
    }

    List<ToolCall> calls() {
        return calls;
    }

    String lastWords() {
        return lastWords;
    }

    Usage usage() {
        return usage;
    }

    /** How many replies were kept. */
    int replies() {
        return replies;
    }
}
