package dev.safecoder.session;

import dev.safecoder.guest.ScanRequest.Extent;
import dev.safecoder.model.Message;
import dev.safecoder.model.Reply;
import dev.safecoder.model.ToolAnswer;
import dev.safecoder.model.ToolRequest;
import dev.safecoder.tool.ToolResult;
import dev.safecoder.tool.ToolResult.Effect;
import dev.safecoder.tool.Toolbox;
import dev.safecoder.workspace.WorkspaceException;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Ask, run the tools, commit, ask again. Every reply with tool requests is followed by an answer to
 * each of them, also when the user interrupts: no provider continues a conversation without.
 */
final class AgentLoop {
    static final String CUT_OFF =
            "This call was cut off by the limit of a reply and did not run. Write less in one"
                    + " call.";

    private final Dialogue dialogue;
    private final Ledger ledger;
    private final Toolbox toolbox;
    private final Recorder recorder;
    private final SessionListener listener;
    private final Agent.Limits limits;
    private final InstantSource clock;
    private final Repetition repetition = new Repetition();
    private int mostAlike;

    AgentLoop(
            Dialogue dialogue,
            Ledger ledger,
            Toolbox toolbox,
            Recorder recorder,
            SessionListener listener,
            Agent.Limits limits,
            InstantSource clock) {
        this.dialogue = dialogue;
        this.ledger = ledger;
        this.toolbox = toolbox;
        this.recorder = recorder;
        this.listener = listener;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Continues until the model asks for no more tools, which is no limit, or one is reached. A
     * reply with nothing in it is an end and no message.
     */
    Optional<Limit> run() throws IOException, InterruptedException {
        for (int turn = 0; ; turn++) {
            var limit = reached(turn);
            if (limit.isPresent()) {
                return limit;
            }
            var reply = dialogue.ask();
            if (reply.requests().isEmpty() && reply.text().isEmpty()) {
                return Optional.empty();
            }
            ledger.keep(new Message.ModelReply(reply));
            if (reply.requests().isEmpty()) {
                if (reply.ending() == Reply.Ending.CUT_OFF) {
                    listener.note("The reply is as long as the model can write; it was cut off.");
                }
                return Optional.empty();
            }
            answerAll(reply);
        }
    }

    /** What forbids another question. */
    private Optional<Limit> reached(int turns) {
        if (mostAlike >= Repetition.HOPELESS) {
            listener.note(
                    "The model made the same call with the same result %d times."
                            .formatted(mostAlike));
            return Optional.of(Limit.LOOP);
        }
        if (limits.cost().isPresent() && isSpent(limits.cost().get())) {
            listener.note("The limit of %s US dollars was reached.".formatted(limits.cost().get()));
            return Optional.of(Limit.COST);
        }
        if (turns == limits.turns()) {
            listener.note("The limit of %d model replies was reached.".formatted(turns));
            return Optional.of(Limit.TURNS);
        }
        return Optional.empty();
    }

    /** What is not priced counts as too much. */
    private boolean isSpent(BigDecimal most) {
        var usage = ledger.usage();
        return !usage.isNothing() && usage.cost().map(it -> it.compareTo(most) >= 0).orElse(true);
    }

    private void answerAll(Reply reply) throws IOException, InterruptedException {
        var answers = new ArrayList<ToolAnswer>();
        try {
            if (mayRunAtOnce(reply)) {
                runAtOnce(reply.requests(), answers);
            } else {
                for (var request : reply.requests()) {
                    answers.add(
                            isCutOff(reply, request)
                                    ? new ToolAnswer(
                                            request.id(), CUT_OFF, ToolAnswer.Outcome.REFUSED)
                                    : runAndCommit(request, answers.size() + 1));
                }
            }
        } finally {
            ledger.keep(completed(answers, reply.requests()));
        }
    }

    /** One that may change something makes the order of all matter. */
    private boolean mayRunAtOnce(Reply reply) {
        return reply.requests().size() > 1
                && reply.ending() == Reply.Ending.WHOLE
                && reply.requests().stream().allMatch(toolbox::onlyLooks);
    }

    /** Calls and answers are told and written in the order of the requests all the same. */
    private void runAtOnce(List<ToolRequest> requests, List<ToolAnswer> answers)
            throws IOException, InterruptedException {
        requests.forEach(listener::toolStarted);
        var began = clock.instant();
        try (var running = new RunningCalls(toolbox, requests, clock)) {
            while (answers.size() < requests.size()) {
                answers.add(met(running.next(), answers.size() + 1));
            }
        } catch (InterruptedException stopped) {
            requests.subList(answers.size(), requests.size())
                    .forEach(request -> stopped(request, began));
            throw stopped;
        }
    }

    /** Half a request is not run, whatever a tool could make of it. */
    private static boolean isCutOff(Reply reply, ToolRequest request) {
        return reply.ending() == Reply.Ending.CUT_OFF
                && request == reply.requests().getLast()
                && (!request.input().isObject() || request.input().isEmpty());
    }

    private static Message completed(List<ToolAnswer> answers, List<ToolRequest> requests) {
        var all = new ArrayList<>(answers);
        var unanswered = requests.subList(answers.size(), requests.size());
        all.addAll(Transcript.unanswered(unanswered).answers());
        return new Message.ToolAnswers(all);
    }

    /**
     * @param answered how many requests of the reply are met with this one
     */
    private ToolAnswer runAndCommit(ToolRequest request, int answered)
            throws IOException, InterruptedException {
        listener.toolStarted(request);
        var began = clock.instant();
        var result = run(request, began);
        return met(
                new ToolCall(request, result, Duration.between(began, clock.instant())), answered);
    }

    private ToolAnswer met(ToolCall call, int answered) throws IOException, InterruptedException {
        ledger.call(call);
        listener.toolEnded(call);
        recorder.done(call.request().name(), detail(call));
        int alike = repetition.count(call);
        mostAlike = Math.max(mostAlike, alike);
        var result = call.result();
        var answer = result.mayHaveChanged() ? commit(result, answered) : result.answer();
        return alike < Repetition.NOTABLE ? answer : noting(alike, answer);
    }

    private static ToolAnswer noting(int alike, ToolAnswer answer) {
        return withNote(
                answer,
                "This is call number %d like this one with the same result. Do something else,"
                                .formatted(alike)
                        + " or end and say what is in the way.");
    }

    private static ToolAnswer withNote(ToolAnswer answer, String note) {
        return new ToolAnswer(
                answer.id(), "%s\n[%s]".formatted(answer.text(), note), answer.outcome());
    }

    /** A call that does not come to its end may have changed something all the same. */
    private ToolResult run(ToolRequest request, Instant began) throws InterruptedException {
        try {
            return toolbox.run(request);
        } catch (InterruptedException stopped) {
            stopped(request, began);
            throw stopped;
        }
    }

    private void stopped(ToolRequest request, Instant began) {
        ledger.call(interrupted(request, Duration.between(began, clock.instant())));
        recorder.done(request.name(), request.id() + ": interrupted");
    }

    /** A step that cannot be recorded is told to the model, which can make it smaller. */
    private ToolAnswer commit(ToolResult result, int answered)
            throws IOException, InterruptedException {
        try {
            var taken = recorder.checkpoint(Extent.DELTA);
            if (taken.isPresent()) {
                ledger.checkpoint(taken.get(), answered);
                listener.checkpointTaken(taken.get());
            }
            return result.answer();
        } catch (WorkspaceException tooMuch) {
            listener.note(tooMuch.problem());
            return withNote(result.answer(), "This step was not recorded. " + tooMuch.problem());
        }
    }

    private static ToolCall interrupted(ToolRequest request, Duration took) {
        var answer =
                new ToolAnswer(request.id(), Transcript.UNANSWERED, ToolAnswer.Outcome.REFUSED);
        return new ToolCall(
                request,
                new ToolResult(answer, OptionalInt.empty(), "interrupted", Effect.POSSIBLY_CHANGED),
                took);
    }

    private static String detail(ToolCall call) {
        return "%s %s: %s"
                .formatted(call.request().id(), call.request().name(), call.result().summary());
    }
}
