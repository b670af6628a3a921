package dev.safecoder.cli;

import dev.safecoder.app.Application;
import dev.safecoder.app.Surroundings;
import dev.safecoder.cli.Console.Tone;
import dev.safecoder.cli.Questions.Keyboard;
import dev.safecoder.session.SessionRecord;
import dev.safecoder.workspace.Project;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What every command works with; made once a process. */
final class Program {
    private final Surroundings surroundings;
    private final Console console;
    private final Keyboard keyboard;
    private final WholeScreen screen;
    private @Nullable Application application;

    /** With the process's own standard input as the keyboard. */
    Program(Surroundings surroundings, Console console) {
        this(
                surroundings,
                console,
                new LineKeyboard(surroundings.system()),
                new ProcessScreen(surroundings, console));
    }

    /** With a keyboard and a screen that somebody else draws on, too. */
    Program(Surroundings surroundings, Console console, Keyboard keyboard, WholeScreen screen) {
        this.surroundings = surroundings;
        this.console = console;
        this.keyboard = keyboard;
        this.screen = screen;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    Console console() {
        return console;
    }

    /** The parts of the program, put together when the first command asks. */
    Application application() {
        if (application == null) {
            application = new Application(surroundings);
        }
        return application;
    }

    /** Questions to the person at the terminal. */
    Questions questions() {
        return new Questions(console, surroundings.clock(), keyboard);
    }

    /** All of the terminal; empty where there is none, or it can only print lines. */
    Optional<WholeScreen> wholeScreen() {
        var name = surroundings.places().environment().getOrDefault("TERM", "dumb");
        return console.isTerminal() && !name.equals("dumb")
                ? Optional.of(screen)
                : Optional.empty();
    }

    /** A path as the user wrote it, or the current folder. */
    Path project(Optional<Path> written) {
        var here = surroundings.places().workingFolder();
        return written.map(here::resolve).orElse(here);
    }

    /** The session that a user means: by id, or the newest of the current folder's project. */
    SessionRecord session(Optional<String> id, Optional<Path> project) {
        var sessions = application().sessions();
        return id.map(sessions::find)
                .orElseGet(() -> sessions.newestOf(Project.at(project(project)).folder()));
    }

    /** Finishes what processes that died left behind, and says so. */
    void recover() throws IOException, InterruptedException {
        for (var line : application().recover()) {
            console.say(Tone.WARNING, line);
        }
    }
}
