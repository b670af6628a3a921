package dev.safecoder.session;

import dev.safecoder.model.Conversation;
import dev.safecoder.model.Message;
import dev.safecoder.model.Model;
import dev.safecoder.model.ModelException;
import dev.safecoder.model.ModelListener;
import dev.safecoder.model.Reply;
import dev.safecoder.session.Compaction.Shortening;
import dev.safecoder.session.Compaction.Summarising;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a conversation shorter: old tool outputs first, which costs nothing, then by a summary that
 * the model writes. A tool's answers always stay behind the reply that asked for them. Not
 * thread-safe.
 */
final class Compactor {
    /** Of an old output, this many characters stay. */
    private static final int LEFT_OF_OUTPUT = 400;

    private static final long LATEST_OUTPUTS = 40_000;
    private static final long LATEST_MESSAGES = 20_000;
    private static final int MOST_SUMMARIES = 3;

    private static final String REQUEST =
            """
            Stop working for now. Write a summary of this conversation for yourself: it will stand \
            for everything above, which will be gone. Call no tools. Use these headings:
            Goal: what the user asked for, in the user's words.
            Instructions: what the user wants to be kept to.
            State: what is done, what is in progress, what comes next.
            Files: what was read or changed, with the lines that matter.
            Commands: which worked, which failed and how.
            Decisions: what was decided, and why.
            """;

    private final Model model;
    private final ContextMeter meter;
    private final Ledger ledger;
    private final SessionListener listener;

    Compactor(Model model, ContextMeter meter, Ledger ledger, SessionListener listener) {
        this.model = model;
        this.meter = meter;
        this.ledger = ledger;
        this.listener = listener;
    }

    /**
     * Makes room, the cheapest way first.
     *
     * @param window what the model can read and write, in tokens
     * @return whether anything went
     */
    boolean makeRoom(long window) throws IOException, InterruptedException {
        var shortened = shorten(window);
        if (shortened && meter.tokens(ledger.conversation()) <= window / 2) {
            return true;
        }
        int before = boundary(messages(), Math.min(LATEST_MESSAGES, window / 4));
        return summarise(before, window, "") || shortened;
    }

    /**
     * Puts a summary in the place of everything but a prompt that waits for its reply.
     *
     * @param focus what the summary must hold above all; may be empty
     * @return whether there was anything to put it for
     */
    boolean summarise(long window, String focus) throws IOException, InterruptedException {
        return summarise(boundary(messages(), 0), window, focus);
    }

    private boolean shorten(long window) throws IOException {
        int before = boundary(messages(), Math.min(LATEST_OUTPUTS, window / 4));
        var step = new Shortening(before, LEFT_OF_OUTPUT);
        long gain = meter.tokens(messages()) - meter.tokens(step.applyTo(messages()));
        if (gain < window / 10) {
            return false;
        }
        carryOut(step);
        return true;
    }

    private boolean summarise(int before, long window, String focus)
            throws IOException, InterruptedException {
        var older = messages().subList(0, before);
        if (older.isEmpty() || older.size() == 1 && older.getFirst() instanceof Message.Summary) {
            return false;
        }
        listener.compacting();
        carryOut(new Summarising(before, summary(older, window, focus).text()));
        return true;
    }

    private void carryOut(Compaction step) throws IOException {
        long tokens = meter.tokens(ledger.conversation());
        ledger.compacted(step);
        listener.compacted(step.kind(), tokens, meter.tokens(ledger.conversation()));
    }

    /** Asks with less and less of the past as long as even that is too long. */
    private Reply summary(List<Message> older, long window, String focus)
            throws InterruptedException {
        var request =
                new Message.UserText(focus.isBlank() ? REQUEST : REQUEST + "Above all: " + focus);
        long budget = window / 5 * 4;
        for (int times = 1; ; times++) {
            try {
                var asked = Dialogue.readable(fitting(older, budget).plus(request), model);
                var reply = model.ask(asked, new Silent(listener));
                ledger.spent(reply.usage());
                if (reply.text().isBlank()) {
                    throw ModelException.noSummary(model.name());
                }
                return reply;
            } catch (ModelException failure) {
                if (!failure.isOverflow() || times == MOST_SUMMARIES) {
                    throw failure;
                }
                budget /= 2;
            }
        }
    }

    /** The tools stay: a conversation that has used some is not taken without. */
    private Conversation fitting(List<Message> older, long budget) {
        var whole = ledger.conversation().with(older);
        if (meter.tokens(whole) <= budget) {
            return whole;
        }
        var shorter = new Shortening(older.size(), LEFT_OF_OUTPUT).applyTo(older);
        long forMessages = budget - meter.tokens(whole.with(List.of()));
        if (meter.tokens(shorter) <= forMessages) {
            return whole.with(shorter);
        }
        var latest = new ArrayList<Message>();
        latest.add(new Message.UserText("[What came before is left out.]"));
        latest.addAll(shorter.subList(boundary(shorter, forMessages), shorter.size()));
        return whole.with(latest);
    }

    /**
     * The first place where the messages may be cut with at most this many tokens behind it, else
     * the last one at all; 0 when there is none. It never parts answers from their reply, nor a
     * last prompt from the reply that is to come.
     */
    private int boundary(List<Message> messages, long tokens) {
        int last = 0;
        for (int i = 1; i <= messages.size(); i++) {
            if (mayBegin(messages, i)) {
                last = i;
                if (meter.tokens(messages.subList(i, messages.size())) <= tokens) {
                    return i;
                }
            }
        }
        return last;
    }

    private static boolean mayBegin(List<Message> messages, int index) {
        return index < messages.size()
                ? !(messages.get(index) instanceof Message.ToolAnswers)
                : !(messages.getLast() instanceof Message.UserText);
    }

    private List<Message> messages() {
        return ledger.conversation().messages();
    }

    /** A summary is heard by nobody; that it takes another attempt is. */
    private record Silent(SessionListener listener) implements ModelListener {
        @Override
        public void text(String more) {}

        @Override
        public void waiting(Duration time, String reason) {
            listener.waiting(time, reason);
        }
    }
}
