package dev.safecoder.session;

import dev.safecoder.model.Conversation;
import dev.safecoder.model.Model;
import dev.safecoder.model.ModelListener;
import dev.safecoder.model.Reply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;

/** A model that does what a test says, one act for each question, and remembers the questions. */
final class ScriptedReplies implements Model {
    private final Queue<Act> acts = new ArrayDeque<>();
    private final List<Conversation> asked = new ArrayList<>();
    private boolean canSee = true;
    private OptionalLong window = OptionalLong.empty();

    /** What comes of one question. */
    interface Act {
        Reply reply(Conversation conversation, ModelListener listener) throws InterruptedException;
    }

    ScriptedReplies then(Act act) {
        acts.add(act);
        return this;
    }

    ScriptedReplies then(Reply reply) {
        return then((_, _) -> reply);
    }

    ScriptedReplies withWindow(long tokens) {
        window = OptionalLong.of(tokens);
        return this;
    }

    ScriptedReplies withoutSight() {
        canSee = false;
        return this;
    }

    /** What it was asked, oldest first. */
    List<Conversation> asked() {
        return asked;
    }

    @Override
    public Reply ask(Conversation conversation, ModelListener listener)
            throws InterruptedException {
        asked.add(conversation);
        return acts.remove().reply(conversation, listener);
    }

    @Override
    public boolean takesPictures() {
        return canSee;
    }

    @Override
    public OptionalLong contextWindow() {
        return window;
    }

    @Override
    public String name() {
        return "test:scripted";
    }
}
