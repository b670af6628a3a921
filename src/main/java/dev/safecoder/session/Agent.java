package dev.safecoder.session;

import dev.safecoder.fault.SafeCoderException;
import dev.safecoder.history.Checkpoint;
import dev.safecoder.model.Conversation;
import dev.safecoder.model.Message;
import dev.safecoder.model.Model;
import dev.safecoder.model.Usage;
import dev.safecoder.tool.Toolbox;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A model at work in a session: takes prompts, keeps the conversation. Not thread-safe. */
public final class Agent implements AutoCloseable {
    private final Session session;
    private final Model model;
    private final Toolbox toolbox;
    private final Transcript transcript;
    private final Limits limits;
    private final List<ToolCall> calls = new ArrayList<>();
    private Conversation conversation;
    private String lastWords = "";
    private Usage usage = Usage.NONE;

    /** Where it stops: model replies for one prompt, and a moment for everything. */
    public record Limits(int turns, Optional<Instant> deadline) {}

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
        this.conversation = new Conversation(system, toolbox.definitions(), transcript.messages());
    }

    /**
     * Works on a prompt until the model is done, a limit is reached or the thread is interrupted;
     * the conversation is valid after each of these, and what was changed is committed.
     *
     * @throws SafeCoderException when the model or the sandbox gives up; what was done before is
     *     kept
     */
    public Outcome prompt(String text) throws IOException, InterruptedException {
        keep(new Message.UserText(text));
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

    private Outcome untilInterrupted() throws IOException {
        var loop =
                new AgentLoop(
                        model,
                        toolbox,
                        session.recorder(),
                        session.listener(),
                        limits.turns(),
                        session.clock());
        try (var deadline = new Deadline(limits.deadline(), session.clock())) {
            try {
                return loop.run(conversation, new Ledger());
            } catch (InterruptedException stopped) { // an end that was asked for is a value
                if (!deadline.hasPassed()) {
                    return Outcome.INTERRUPTED;
                }
                session.listener().note("The session's time is over.");
                return Outcome.LIMIT;
            }
        }
    }

    /** Writes down everything that the loop brings forth. */
    private final class Ledger implements AgentLoop.Keeper {
        @Override
        public Conversation keep(Message message) throws IOException {
            if (message instanceof Message.ModelReply(var reply)) {
                session.countTurn();
                usage = usage.plus(reply.usage());
                lastWords = reply.text().isBlank() ? lastWords : reply.text();
            }
            return Agent.this.keep(message);
        }

        @Override
        public void call(ToolCall call) {
            calls.add(call);
        }

        @Override
        public void checkpoint(Checkpoint taken, int answered) throws IOException {
            transcript.checkpoint(taken.step(), answered);
        }
    }

    private Conversation keep(Message message) throws IOException {
        transcript.append(message);
        conversation = conversation.plus(message);
        return conversation;
    }

    /** The last thing that the model said. */
    public String lastWords() {
        return lastWords;
    }

    /** Every tool call of this process, in order. */
    public List<ToolCall> calls() {
        return List.copyOf(calls);
    }

    public Usage usage() {
        return usage;
    }

    @Override
    public void close() {
        toolbox.close();
    }
}
