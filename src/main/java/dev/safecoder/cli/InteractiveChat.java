package dev.safecoder.cli;

import dev.safecoder.cli.ChatDialogue.Next;
import dev.safecoder.cli.SessionCourse.Work;
import dev.safecoder.review.ReviewWalk;
import dev.safecoder.session.SessionRecord;
import dev.safecoder.tui.ChatCompleter;
import dev.safecoder.tui.ChatScreen;
import dev.safecoder.tui.ChatScreen.Colours;
import dev.safecoder.tui.ChatScreen.Typed;
import dev.safecoder.tui.ReviewScreen;
import dev.safecoder.tui.SpokenText;
import dev.safecoder.tui.StatusLines;
import java.io.IOException;
import java.util.Optional;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** A chat at a terminal that can keep lines at its bottom: one session after another. */
final class InteractiveChat {
    private final Program program;
    private final CommonOptions options;
    private final SandboxNames names = new SandboxNames();

    InteractiveChat(Program program, CommonOptions options) {
        this.program = program;
        this.options = options;
    }

    int run(Optional<SessionRecord> resumed) throws IOException, InterruptedException {
        var history = program.surroundings().places().stateFolder().resolve("chat-history");
        try (var interruption = new Interruption();
                var screen =
                        new ChatScreen(
                                TerminalBuilder.builder().system(true).build(),
                                history,
                                new ChatCompleter(ChatWords.COMMANDS, names::all),
                                program.console().isColoured() ? Colours.SHOWN : Colours.NONE)) {
            Next next = new Next.Again(resumed);
            while (next instanceof Next.Again(var record)) {
                next = session(new ChatPlace(talk(screen), screen, interruption), record);
            }
            return interruption.isRequested() ? ExitCode.INTERRUPTED : ((Next.Over) next).code();
        }
    }

    /** The program, speaking and asking at this screen. */
    private Program talk(ChatScreen screen) {
        var console = new Console(screen.out(), screen.out(), true, program.console().isColoured());
        return new Program(
                program.surroundings(),
                console,
                new ScreenKeyboard(screen),
                walk -> review(screen, walk));
    }

    private boolean review(ChatScreen screen, ReviewWalk walk)
            throws IOException, InterruptedException {
        screen.forgetTyped();
        return screen.lend(
                terminal ->
                        ReviewScreen.run(
                                        terminal,
                                        program.console().bytes(),
                                        walk,
                                        program.console().reviewPalette(),
                                        program.surroundings().clock())
                                == ReviewScreen.Shown.ON_SCREEN);
    }

    /** Questions at the screen. */
    private record ScreenKeyboard(ChatScreen screen) implements Questions.Keyboard {
        @Override
        public void forget() throws IOException {
            screen.forgetTyped();
        }

        @Override
        public boolean showsQuestion() {
            return true;
        }

        @Override
        public @Nullable String line(String question) {
            return screen.read(question + " ", "") instanceof Typed.Line(var text) ? text : null;
        }
    }

    private Next session(ChatPlace place, Optional<SessionRecord> resumed)
            throws IOException, InterruptedException {
        var talk = place.talk();
        var course = new SessionCourse(talk, options);
        var model = course.model(resumed);
        var facts = new ChatFacts(model.name(), course.settings().containers().network());
        var clock = talk.surroundings().clock();
        try (var status = new StatusLines(place.screen(), clock, facts::lines)) {
            var words = new SpokenText(place.screen());
            var listener = new ChatListener(talk.console(), words, status);
            status.working("starting the sandbox");
            try (var started = course.begin(model.name(), listener, resumed)) {
                listener.begin(started.session().history());
                place.screen().whenUnfolding(listener::unfold);
                place.screen()
                        .whenEditing(
                                new HostEditor(
                                        talk.surroundings(),
                                        started.session().record().project(),
                                        talk.console()));
                names.of(started.session().sandbox().guest());
                course.instructions(started);
                var limits = course.settings().limitsOf(started.session().sandbox().backend());
                try (var agent = course.agent(started, model);
                        var watch = new SandboxWatch(started, limits.memoryBytes(), clock)) {
                    facts.begin(started, listener, agent, watch);
                    watch.start(status::isWorking, status::renew);
                    var commands = new SlashCommands(talk, options, started, listener, agent);
                    var dialogue = new ChatDialogue(place, agent, facts, status, commands);
                    return dialogue.run(outcome -> course.end(started, Work.of(agent), outcome));
                }
            }
        }
    }
}
