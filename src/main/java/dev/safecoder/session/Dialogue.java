package dev.safecoder.session;

import dev.safecoder.model.Conversation;
import dev.safecoder.model.Message;
import dev.safecoder.model.Model;
import dev.safecoder.model.ModelException;
import dev.safecoder.model.ModelListener;
import dev.safecoder.model.Reply;
import dev.safecoder.model.Usage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Asks a model to go on with the conversation, and keeps that within what the model can read:
 * before asking, by estimate, and after, when the provider says that it was too long. Not
 * thread-safe.
 */
final class Dialogue {
    private static final int MOST_IN_A_ROW = 3;

    /** Of the window, a fifth but not more than this is left for the reply. */
    private static final long MOST_FOR_REPLY = 32_768;

    private final Model model;
    private final OptionalLong chosenWindow;
    private final Ledger ledger;
    private final SessionListener listener;
    private final ContextMeter meter = new ContextMeter();
    private final Compactor compactor;
    private int inARow;

    /**
     * @param chosenWindow the user's word for the size of the context, before the model's own
     */
    Dialogue(Model model, OptionalLong chosenWindow, Ledger ledger, SessionListener listener) {
        this.model = model;
        this.chosenWindow = chosenWindow;
        this.ledger = ledger;
        this.listener = listener;
        this.compactor = new Compactor(model, meter, ledger, listener);
    }

    /**
     * The next reply, which is not part of the conversation yet. Of one that is interrupted, the
     * text so far becomes part of it.
     *
     * @throws ModelException also when the conversation was made shorter three times, each time
     *     before the next reply that fitted, and is still too long
     */
    Reply ask() throws IOException, InterruptedException {
        makeRoom();
        while (true) {
            try {
                return answer();
            } catch (ModelException failure) {
                if (!failure.isOverflow() || !makesRoom(smallerWindow())) {
                    throw failure;
                }
            }
        }
    }

    private void makeRoom() throws IOException, InterruptedException {
        var window = window();
        if (window.isEmpty() || fits(window.getAsLong())) {
            inARow = 0;
            return;
        }
        while (!fits(window.getAsLong()) && makesRoom(window.getAsLong())) {
            // until it fits, or nothing can go: then the provider has the last word
        }
    }

    private boolean fits(long window) {
        return fill().tokens() <= window - Math.min(window / 5, MOST_FOR_REPLY);
    }

    private boolean makesRoom(long window) throws IOException, InterruptedException {
        if (inARow == MOST_IN_A_ROW) {
            throw ModelException.staysTooLong(model.name(), inARow);
        }
        inARow++;
        return compactor.makeRoom(window);
    }

    /** What did not fit is more than the window, whatever was thought of that. */
    private long smallerWindow() {
        return Math.min(fill().tokens(), window().orElse(Long.MAX_VALUE));
    }

    /** Puts a summary in the place of the conversation; false when it is too short for one. */
    boolean compact(String focus) throws IOException, InterruptedException {
        return compactor.summarise(window().orElse(Math.max(fill().tokens() * 2, 100_000)), focus);
    }

    ContextFill fill() {
        return new ContextFill(meter.tokens(ledger.conversation()), window());
    }

    private OptionalLong window() {
        return chosenWindow.isPresent() ? chosenWindow : model.contextWindow();
    }

    /** What this model can be asked: pictures that another one was shown stay in the file alone. */
    static Conversation readable(Conversation whole, Model model) throws InterruptedException {
        return !whole.pictures().isEmpty() && !model.takesPictures()
                ? whole.withoutPictures()
                : whole;
    }

    private Reply answer() throws IOException, InterruptedException {
        var asked = readable(ledger.conversation(), model);
        var hearing = new Overhearing(listener);
        try {
            var reply = model.ask(asked, hearing);
            meter.counted(asked, reply.usage());
            listener.replied(reply.usage());
            return reply;
        } catch (InterruptedException stopped) {
            var partial = hearing.soFar();
            if (!partial.isBlank()) {
                ledger.keep(new Message.ModelReply(cutOff(partial)));
            }
            throw stopped;
        }
    }

    private static Reply cutOff(String text) {
        return new Reply(text, List.of(), Usage.NONE, Reply.Ending.CUT_OFF, Optional.empty());
    }

    /** Passes on what is heard of a reply, and remembers it. */
    private static final class Overhearing implements ModelListener {
        private final SessionListener listener;
        private final StringBuffer heard = new StringBuffer(); // it comes on another thread

        Overhearing(SessionListener listener) {
            this.listener = listener;
        }

        @Override
        public void text(String more) {
            heard.append(more);
            listener.text(more);
        }

        @Override
        public void thought(String more) {
            listener.thought(more);
        }

        @Override
        public void waiting(Duration time, String reason) {
            heard.setLength(0);
            listener.waiting(time, reason);
        }

        String soFar() {
            return heard.toString();
        }
    }
}
