package dev.safecoder.session;

import dev.safecoder.guest.ScanRequest.Extent;
import dev.safecoder.history.Checkpoint;
import dev.safecoder.model.Conversation;
import dev.safecoder.model.Message;
import dev.safecoder.model.Model;
import dev.safecoder.model.ModelListener;
import dev.safecoder.model.Reply;
import dev.safecoder.model.ToolAnswer;
import dev.safecoder.model.ToolRequest;
import dev.safecoder.tool.ToolResult;
import dev.safecoder.tool.Toolbox;
import dev.safecoder.workspace.WorkspaceException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Ask, run the tools, commit, ask again. Every reply with tool requests is followed by an answer to
 * each of them, also when the user interrupts: no provider continues a conversation without.
 */
final class AgentLoop {
    static final String CUT_OFF =
            "This call was cut off by the limit of a reply and did not run. Write less in one call.";

    private final Model model;
    private final Toolbox toolbox;
    private final Recorder recorder;
    private final SessionListener listener;
    private final int mostTurns;
    private final InstantSource clock;

    AgentLoop(
            Model model,
            Toolbox toolbox,
            Recorder recorder,
            SessionListener listener,
            int mostTurns,
            InstantSource clock) {
        this.model = model;
        this.toolbox = toolbox;
        this.recorder = recorder;
        this.listener = listener;
        this.mostTurns = mostTurns;
        this.clock = clock;
    }

    /** Takes each message as it comes to be, and each call, so that nothing is lost by an end. */
    interface Keeper {
        /** The conversation with this message at its end. */
        Conversation keep(Message message) throws IOException;

        void call(ToolCall call);

        /**
         * @param answered how many requests of the reply have been met
         */
        void checkpoint(Checkpoint taken, int answered) throws IOException;
    }

    /**
     * Continues until the model asks for no more tools ({@code COMPLETED}) or has replied as often
     * as it may ({@code LIMIT}). A reply with nothing in it is an end and no message.
     */
    Outcome run(Conversation conversation, Keeper keeper) throws IOException, InterruptedException {
        for (int turn = 1; turn <= mostTurns; turn++) {
            var reply = model.ask(conversation, new Overhearing(listener));
            listener.replied(reply.usage());
            if (reply.requests().isEmpty() && reply.text().isEmpty()) {
                return Outcome.COMPLETED;
            }
            keeper.keep(new Message.ModelReply(reply));
            if (reply.requests().isEmpty()) {
                if (reply.ending() == Reply.Ending.CUT_OFF) {
                    listener.note("The reply is as long as the model can write; it was cut off.");
                }
                return Outcome.COMPLETED;
            }
            conversation = answerAll(reply, keeper);
        }
        listener.note("The limit of %d model replies was reached.".formatted(mostTurns));
        return Outcome.LIMIT;
    }

    private Conversation answerAll(Reply reply, Keeper keeper)
            throws IOException, InterruptedException {
        var answers = new ArrayList<ToolAnswer>();
        try {
            for (var request : reply.requests()) {
                int answered = answers.size() + 1;
                answers.add(
                        isCutOff(reply, request)
                                ? new ToolAnswer(request.id(), CUT_OFF, ToolAnswer.Outcome.REFUSED)
                                : runAndCommit(
                                        request,
                                        keeper::call,
                                        taken -> keeper.checkpoint(taken, answered)));
            }
        } finally {
            if (answers.size() < reply.requests().size()) {
                keeper.keep(completed(answers, reply.requests()));
            }
        }
        return keeper.keep(new Message.ToolAnswers(answers));
    }

    /** Half a request is not run, whatever a tool could make of it. */
    private static boolean isCutOff(Reply reply, ToolRequest request) {
        return reply.ending() == Reply.Ending.CUT_OFF && !request.input().isObject();
    }

    private static Message completed(List<ToolAnswer> answers, List<ToolRequest> requests) {
        var all = new ArrayList<>(answers);
        var unanswered = requests.subList(answers.size(), requests.size());
        all.addAll(Transcript.unanswered(unanswered).answers());
        return new Message.ToolAnswers(all);
    }

    /** Takes a checkpoint. */
    @FunctionalInterface
    private interface Taker {
        void take(Checkpoint taken) throws IOException;
    }

    private ToolAnswer runAndCommit(ToolRequest request, Consumer<ToolCall> calls, Taker taker)
            throws IOException, InterruptedException {
        listener.toolStarted(request);
        var began = clock.instant();
        var result = run(request);
        var call = new ToolCall(request, result, Duration.between(began, clock.instant()));
        calls.accept(call);
        listener.toolEnded(call);
        recorder.done(request.name(), detail(call));
        return result.mayHaveChanged() ? commit(result, taker) : result.answer();
    }

    /** Passes on what is heard of a reply. */
    private record Overhearing(SessionListener listener) implements ModelListener {
        @Override
        public void text(String more) {
            listener.text(more);
        }

        @Override
        public void thought(String more) {
            listener.thought(more);
        }

        @Override
        public void waiting(Duration time, String reason) {
            listener.waiting(time, reason);
        }
    }

    /** A call that does not come to its end may have changed something all the same. */
    private ToolResult run(ToolRequest request) throws InterruptedException {
        try {
            return toolbox.run(request);
        } catch (InterruptedException stopped) {
            recorder.done(request.name(), request.id() + ": interrupted");
            throw stopped;
        }
    }

    /** A step that cannot be recorded is told to the model, which can make it smaller. */
    private ToolAnswer commit(ToolResult result, Taker taker)
            throws IOException, InterruptedException {
        try {
            var taken = recorder.checkpoint(Extent.DELTA);
            if (taken.isPresent()) {
                taker.take(taken.get());
                listener.checkpointTaken(taken.get());
            }
            return result.answer();
        } catch (WorkspaceException tooMuch) {
            listener.note(tooMuch.problem());
            var answer = result.answer();
            return new ToolAnswer(
                    answer.id(),
                    "%s\n[This step was not recorded. %s]"
                            .formatted(answer.text(), tooMuch.problem()),
                    answer.outcome());
        }
    }

    private static String detail(ToolCall call) {
        var exit = call.result().exitCode();
        return "%s %s: %s%s"
                .formatted(
                        call.request().id(),
                        call.request().name(),
                        call.result().summary(),
                        exit.isPresent() ? " (exit code %d)".formatted(exit.getAsInt()) : "");
    }
}
