package dev.safecoder.cli;

import dev.safecoder.app.SessionReport;
import dev.safecoder.cli.Console.Tone;
import dev.safecoder.fault.SafeCoderException;
import dev.safecoder.model.ModelException;
import dev.safecoder.session.Agent;
import dev.safecoder.session.Outcome;
import dev.safecoder.session.SessionRecord;
import dev.safecoder.tui.ChatScreen.Typed;
import dev.safecoder.tui.StatusLines;
import java.io.IOException;
import java.util.Optional;

/** Prompts, commands and what comes of them, until one session of a chat ends. */
final class ChatDialogue {
    private final ChatPlace place;
    private final Console console;
    private final Agent agent;
    private final ChatFacts facts;
    private final StatusLines status;
    private final SlashCommands commands;
    private Outcome outcome = Outcome.COMPLETED;
    private String typed = "";

    /** What comes after a session. */
    sealed interface Next {
        /** The chat is over. */
        record Over(int code) implements Next {}

        /** A session begins, or one that has ended goes on. */
        record Again(Optional<SessionRecord> resumed) implements Next {}
    }

    /** Ends the session as every command does. */
    interface Ending {
        SessionReport end(Outcome outcome) throws IOException, InterruptedException;
    }

    /** Something that the keys can interrupt. */
    private interface Turn {
        Outcome run() throws IOException, InterruptedException;
    }

    ChatDialogue(
            ChatPlace place,
            Agent agent,
            ChatFacts facts,
            StatusLines status,
            SlashCommands commands) {
        this.facts = facts;
        this.place = place;
        this.console = place.talk().console();
        this.agent = agent;
        this.status = status;
        this.commands = commands;
    }

    Next run(Ending ending) throws IOException, InterruptedException {
        console.say(Tone.QUIET, "/help lists the commands, Ctrl-D ends the session.");
        var hurried = false;
        while (true) {
            facts.refresh();
            status.idle();
            var read = isStopped() ? new Typed.End() : next();
            boolean leaves = read instanceof Typed.Interrupt && hurried;
            if (isStopped() || read instanceof Typed.End || leaves) {
                return over(ending);
            }
            hurried = read instanceof Typed.Interrupt;
            if (hurried) {
                console.say(Tone.QUIET, "Ctrl-C once more ends the session.");
            } else if (read instanceof Typed.Line(var line) && !line.isBlank()) {
                var next = take(line.strip(), ending);
                if (next.isPresent()) {
                    return next.get();
                }
            }
        }
    }

    /** A line that was sent while the agent worked, or the next one, begun with what is left. */
    private Typed next() {
        int end = typed.indexOf('\n');
        if (end >= 0) {
            var line = typed.substring(0, end);
            typed = typed.substring(end + 1);
            console.say("› " + line);
            return new Typed.Line(line);
        }
        var begun = typed;
        typed = "";
        return place.screen().read("› ", begun);
    }

    private boolean isStopped() {
        return place.interruption().isRequested();
    }

    private Optional<Next> take(String line, Ending ending)
            throws IOException, InterruptedException {
        if (line.equals("/exit") || line.equals("/quit")) {
            return Optional.of(over(ending));
        }
        if (line.equals("/compact") || line.startsWith("/compact ")) {
            watched("summarising", () -> compact(line.substring("/compact".length()).strip()));
            return Optional.empty();
        }
        if (line.startsWith("/")) {
            return slash(line);
        }
        outcome =
                line.startsWith("!")
                        ? watched("the command", () -> commands.shell(line.substring(1)))
                        : watched("thinking", () -> agent.prompt(line));
        return Optional.empty();
    }

    private Outcome compact(String focus) throws IOException, InterruptedException {
        if (!agent.compact(focus)) {
            console.say("There is nothing to make shorter.");
        }
        return Outcome.COMPLETED;
    }

    /** One that cannot be done is told, and the session goes on. */
    private Optional<Next> slash(String line) throws IOException, InterruptedException {
        try {
            return commands.run(line);
        } catch (SafeCoderException cannot) {
            console.failure(cannot);
            return Optional.empty();
        }
    }

    /** A turn that was interrupted is no reason not to ask; a process that must end is. */
    private Next over(Ending ending) throws IOException, InterruptedException {
        status.close();
        if (isStopped()) {
            ending.end(Outcome.INTERRUPTED);
            return new Next.Over(ExitCode.INTERRUPTED);
        }
        var report = ending.end(outcome == Outcome.INTERRUPTED ? Outcome.COMPLETED : outcome);
        return new Next.Over(report.delivery().fellShort() ? ExitCode.NOT_APPLIED : ExitCode.DONE);
    }

    private Outcome watched(String what, Turn turn) throws IOException, InterruptedException {
        status.working(what);
        var worker = Thread.currentThread();
        var keys = place.screen().watch(worker::interrupt);
        try {
            return said(turn.run());
        } catch (InterruptedException stopped) { // a command of the user's; its step is recorded
            return said(Outcome.INTERRUPTED);
        } catch (ModelException failure) { // the next line may do better
            console.failure(failure);
            return Outcome.FAILED;
        } catch (SafeCoderException failure) {
            console.say(Tone.BAD, "The session cannot go on.");
            throw failure;
        } finally {
            typed += keys.stop();
            if (!isStopped()) {
                Thread.interrupted(); // a key that came a moment too late
            }
        }
    }

    private Outcome said(Outcome ended) {
        if (ended == Outcome.INTERRUPTED) {
            console.say(Tone.WARNING, "Interrupted; the session goes on.");
        }
        return ended;
    }
}
