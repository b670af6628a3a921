package dev.safecoder.cli;

import dev.safecoder.app.SessionStart.Started;
import dev.safecoder.cli.ChatDialogue.Next;
import dev.safecoder.cli.Console.Tone;
import dev.safecoder.configuration.NearestWord;
import dev.safecoder.configuration.SettingsOption;
import dev.safecoder.guest.Command;
import dev.safecoder.guest.CommandEnd;
import dev.safecoder.session.Agent;
import dev.safecoder.session.Outcome;
import dev.safecoder.session.SessionRecord;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The commands of a chat; most are the program's own, for the session that runs. */
final class SlashCommands {
    private static final Map<String, String> OF_THE_PROGRAM =
            Map.of(
                    "/diff", "diff",
                    "/review", "review",
                    "/apply", "apply",
                    "/undo", "undo",
                    "/log", "log");

    private static final int MOST_OTHERS = 10;

    private final Program talk;
    private final Console console;
    private final CommonOptions options;
    private final Started started;
    private final ChatListener listener;
    private final Agent agent;

    SlashCommands(
            Program talk,
            CommonOptions options,
            Started started,
            ChatListener listener,
            Agent agent) {
        this.talk = talk;
        this.console = talk.console();
        this.options = options;
        this.started = started;
        this.listener = listener;
        this.agent = agent;
    }

    /** Runs a line that begins with a slash; says what comes next when the session is to end. */
    Optional<Next> run(String line) throws IOException, InterruptedException {
        var words = List.of(line.split("\\s+"));
        var rest = words.subList(1, words.size());
        var own = OF_THE_PROGRAM.get(words.getFirst());
        if (own != null) {
            program(own, rest);
            return Optional.empty();
        }
        switch (words.getFirst()) {
            case "/help" -> help();
            case "/expand" -> listener.unfold();
            case "/cost" -> cost();
            case "/context" -> console.say(ChatFacts.context(agent.context()));
            case "/network" -> network();
            case "/export" -> export(line.substring("/export".length()).strip());
            case "/sessions" -> Main.run(talk, List.of("ls"));
            case "/doctor" -> Main.run(talk, List.of("doctor"));
            case "/clear" -> {
                return Optional.of(leave(Optional.empty()));
            }
            case "/rewind" -> {
                return rewind(rest);
            }
            case "/resume" -> {
                return resume(rest);
            }
            case "/model" -> {
                return model(rest);
            }
            case String other -> unknown(other);
        }
        return Optional.empty();
    }

    private SessionRecord record() {
        return started.session().record();
    }

    private void program(String name, List<String> rest) {
        var words = new ArrayList<>(List.of(name, record().id().toString()));
        words.addAll(rest);
        Main.run(talk, words);
    }

    private void help() {
        ChatWords.COMMANDS.forEach((name, does) -> console.say("  %-10s %s".formatted(name, does)));
        console.say("  !COMMAND   runs it in the sandbox");
        console.say("  @PATH      names a file; Tab completes");
        console.say("  Esc interrupts, Alt-Enter begins a new line, Ctrl-D ends the session.");
    }

    private void network() {
        var chosen = talk.application().settings(options.settings()).containers().network();
        switch (chosen) {
            case NONE -> console.say("none: the sandbox has no interface but loopback");
            case BRIDGE -> console.say(Tone.BAD, "bridge: the engine's network, by your choice");
        }
    }

    private void cost() {
        var usage = listener.usage();
        console.say(
                "%d tokens in (%d from the cache), %d out: %s"
                        .formatted(
                                usage.inputTokens(),
                                usage.cacheReadTokens(),
                                usage.outputTokens(),
                                usage.cost().map("$%s"::formatted).orElse("no price is known")));
    }

    private void unknown(String word) {
        console.say("There is no command '%s'.".formatted(word));
        NearestWord.to(word, ChatWords.COMMANDS.keySet())
                .ifPresent(near -> console.say("Try: %s, or /help".formatted(near)));
    }

    /** Ends this session without applying anything. */
    private Next leave(Optional<SessionRecord> next) throws IOException {
        started.session().close();
        console.say(
                "Session %s stays as it is: safe-coder review %s"
                        .formatted(record().id(), record().id()));
        return new Next.Again(next);
    }

    private Optional<Next> rewind(List<String> rest) throws IOException, InterruptedException {
        if (rest.size() != 1 || !rest.getFirst().matches("\\d{1,6}")) {
            console.say("Which checkpoint? /log lists them: /rewind N");
            return Optional.empty();
        }
        int step = Integer.parseInt(rest.getFirst());
        int last = started.session().history().checkpoints().getLast().step();
        if (step > last) {
            console.say("There is no checkpoint %d; the last one is %d.".formatted(step, last));
            return Optional.empty();
        }
        var sessions = talk.application().sessions();
        started.session().close();
        var ended = record();
        sessions.rewind(ended, step);
        console.say("Back at step %d; the project is untouched.".formatted(step));
        return Optional.of(new Next.Again(Optional.of(sessions.find(ended.id().toString()))));
    }

    private Optional<Next> resume(List<String> rest) throws IOException {
        if (rest.size() != 1) {
            others();
            return Optional.empty();
        }
        var found = talk.application().sessions().find(rest.getFirst());
        if (found.id().equals(record().id())) {
            console.say("That is this session.");
            return Optional.empty();
        }
        talk.application().sessions().requireEnded(found);
        return Optional.of(leave(Optional.of(found)));
    }

    /** The newest sessions of this project that can go on. */
    private void others() throws IOException {
        var found =
                talk.application().sessions().all().stream()
                        .filter(other -> other.project().equals(record().project()))
                        .filter(other -> !other.id().equals(record().id()))
                        .limit(MOST_OTHERS)
                        .toList();
        if (found.isEmpty()) {
            console.say("This project has no other session.");
            return;
        }
        console.say("Which session? /resume ID");
        for (var other : found) {
            console.say("  " + LsCommand.line(other));
        }
    }

    /** The user's own file: one that is there is left alone. */
    private void export(String name) throws IOException {
        var file =
                talk.surroundings()
                        .places()
                        .workingFolder()
                        .resolve(
                                name.isEmpty()
                                        ? "safe-coder-%s.md".formatted(record().id())
                                        : name);
        var page = ConversationPage.of(record(), started.folder().transcript().said());
        try {
            OwnFile.create(file, page);
            console.say("The conversation is in %s".formatted(file));
        } catch (FileAlreadyExistsException there) {
            console.say(Tone.WARNING, "%s is there already. Try: /export FILE".formatted(file));
        } catch (IOException impossible) {
            console.say(
                    Tone.WARNING,
                    "%s cannot be written: %s".formatted(file, impossible.getMessage()));
        }
    }

    private Optional<Next> model(List<String> rest) throws IOException {
        if (rest.isEmpty()) {
            console.say(record().model());
            return Optional.empty();
        }
        var other = rest.getFirst();
        var changed = new EnumMap<>(options.settings());
        changed.put(SettingsOption.MODEL, other);
        talk.application().model(talk.application().settings(changed)); // or it is refused here
        options.with(other);
        started.session().close();
        return Optional.of(new Next.Again(Optional.of(record())));
    }

    /** Runs a command of the user's in the sandbox; what it changes is a step like any other. */
    Outcome shell(String line) throws IOException, InterruptedException {
        var command =
                new Command(
                        List.of("/bin/sh", "-c", line),
                        talk.application().commandEnvironment(Optional.empty()),
                        "/workspace",
                        Optional.empty(),
                        new Command.Streams.Closed(),
                        List.of());
        var end =
                started.session()
                        .run("bash", line, guest -> new PipeBridge(console).run(guest, command));
        if (end instanceof CommandEnd.Exited(int code, _) && code != 0) {
            console.say("exit code %d".formatted(code));
        }
        return Outcome.COMPLETED;
    }
}
