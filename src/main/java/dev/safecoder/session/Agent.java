package dev.safecoder.session;

import dev.safecoder.fault.SafeCoderException;
import dev.safecoder.model.Conversation;
import dev.safecoder.model.Message;
import dev.safecoder.model.Model;
import dev.safecoder.model.ModelException;
import dev.safecoder.model.Picture;
import dev.safecoder.model.Usage;
import dev.safecoder.tool.Toolbox;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A model at work in a session: takes prompts, keeps the conversation. Not thread-safe. */
public final class Agent implements AutoCloseable {
    private final Session session;
    private final Model model;
    private final Toolbox toolbox;
    private final Transcript transcript;
    private final Limits limits;
    private final Ledger ledger;
    private final Dialogue dialogue;
    private Optional<Limit> limit = Optional.empty();

    /**
     * Where it stops.
     *
     * @param turns model replies for one prompt
     * @param deadline of everything
     * @param cost in US dollars, of all prompts of this process
     * @param context tokens of the model's context, where the user says how many
     */
    public record Limits(
            int turns,
            Optional<Instant> deadline,
            Optional<BigDecimal> cost,
            OptionalLong context) {}

    /**
     * @param system what the model is told before anything else
     */
    public Agent(
            Session session,
            Model model,
            Toolbox toolbox,
            Transcript transcript,
            String system,
            Limits limits)
            throws IOException {
        this.session = session;
        this.model = model;
        this.toolbox = toolbox;
        this.transcript = transcript;
        this.limits = limits;
        this.ledger =
                new Ledger(
                        transcript,
                        new Conversation(system, toolbox.definitions(), transcript.messages()));
        this.dialogue = new Dialogue(model, limits.context(), ledger, session.listener());
    }

    /**
     * Works on a prompt until the model is done, a limit is reached or the thread is interrupted;
     * the conversation is valid after each of these, and what was changed is committed.
     *
     * @throws SafeCoderException when the model or the sandbox gives up; what was done before is
     *     kept
     */
    public Outcome prompt(String text) throws IOException, InterruptedException {
        return prompt(text, List.of());
    }

    /**
     * The same with pictures, which are kept with the conversation.
     *
     * @throws ModelException also when the model is known to take none; nothing was kept then
     */
    public Outcome prompt(String text, List<Picture> pictures)
            throws IOException, InterruptedException {
        check(model, pictures);
        ledger.keep(new Message.UserText(text, pictures));
        try {
            var outcome = untilInterrupted();
            var taken = session.settle(outcome);
            if (taken.isPresent()) {
                transcript.checkpoint(taken.get().step(), 0);
            }
            return outcome;
        } catch (SafeCoderException givenUp) {
            session.save(Outcome.FAILED);
            throw givenUp;
        }
    }

    /**
     * Refuses pictures that the model is known not to take.
     *
     * @throws ModelException when it is, or when a service that knows gives no answer
     */
    public static void check(Model model, List<Picture> pictures) throws InterruptedException {
        if (!pictures.isEmpty() && !model.takesPictures()) {
            throw ModelException.takesNoPictures(model.name());
        }
    }

    private Outcome untilInterrupted() throws IOException {
        var loop =
                new AgentLoop(
                        dialogue,
                        ledger,
                        toolbox,
                        session.recorder(),
                        session.listener(),
                        limits,
                        session.clock());
        try (var deadline = new Deadline(limits.deadline(), session.clock())) {
            int before = ledger.replies();
            try {
                limit = loop.run();
                return limit.isPresent() ? Outcome.LIMIT : Outcome.COMPLETED;
            } catch (InterruptedException stopped) { // an end that was asked for is a value
                if (!deadline.hasPassed()) {
                    return Outcome.INTERRUPTED;
                }
                session.listener().note("The session's time is over.");
                limit = Optional.of(Limit.TIME);
                return Outcome.LIMIT;
            } finally {
                session.countTurns(ledger.replies() - before);
            }
        }
    }

    /**
     * Puts a summary, written by the model, in the place of the conversation so far. The session's
     * file keeps all of it: a rewind to a checkpoint before this goes back to the whole.
     *
     * @param focus what the summary must hold above all; may be empty
     * @return false when there is nothing to make shorter
     * @throws ModelException when the model gives no summary; the conversation is as it was
     */
    public boolean compact(String focus) throws IOException, InterruptedException {
        return dialogue.compact(focus);
    }

    /** How much of the model's context the conversation takes. */
    public ContextFill context() {
        return dialogue.fill();
    }

    /** The last thing that the model said. */
    public String lastWords() {
        return ledger.lastWords();
    }

    /** What the last prompt was stopped at, when its outcome was {@link Outcome#LIMIT}. */
    public Optional<Limit> limit() {
        return limit;
    }

    /** Every tool call of this process, in order. */
    public List<ToolCall> calls() {
        return List.copyOf(ledger.calls());
    }

    /** Of this process, with the summaries. */
    public Usage usage() {
        return ledger.usage();
    }

    @Override
    public void close() {
        toolbox.close();
    }
}
