package dev.safecoder.cli;

import dev.safecoder.app.SessionStart.Started;
import dev.safecoder.cli.Narrator.Speech;
import dev.safecoder.cli.SessionCourse.Work;
import dev.safecoder.guest.Command.Streams;
import dev.safecoder.guest.CommandEnd;
import dev.safecoder.guest.Guest;
import dev.safecoder.session.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Any command, or any other agent, as a session. */
@Command(
        name = "exec",
        description = {
            "Run a command in a sandbox over the project and see what it changes.",
            "The command's exit code is passed through; 125 is a failure of safe-coder itself."
        },
        footer = {"", "Example: safe-coder exec -it -- bash"})
final class ExecCommand implements Callable<Integer> {
    private static final int NOT_FOUND = 127;
    private static final int NOT_RUNNABLE = 126;
    private static final int ENOENT = 2;
    private static final int SIGNAL_OFFSET = 128;

    private final Program program;

    @Mixin private final HelpOption help = new HelpOption();
    @Mixin private final CommonOptions options = new CommonOptions();

    @Option(
            names = {"-i", "--interactive"},
            description = "Pass standard input on.")
    private boolean interactive;

    @Option(
            names = {"-t", "--tty"},
            description = "Give the command a terminal of its own.")
    private boolean tty;

    @Parameters(
            arity = "1..*",
            paramLabel = "COMMAND",
            description = "The program and its arguments, after --.")
    private List<String> command = List.of();

    ExecCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws Exception {
        try (var interruption = new Interruption()) {
            int code = work();
            return interruption.isRequested() ? ExitCode.INTERRUPTED : code;
        }
    }

    private int work() throws IOException, InterruptedException {
        var course = new SessionCourse(program, options);
        var listener = new Narrator(program.console(), Speech.ALOUD);
        try (var started = course.begin("exec", listener)) {
            var ran = run(started, course.settings().budget().sessionTimeout());
            var report = course.end(started, Work.of(ran.millis()), ran.outcome());
            return report.delivery().fellShort() && ran.code() == ExitCode.DONE
                    ? ExitCode.EXEC_ITSELF
                    : ran.code();
        }
    }

    /** How the inner command ended. */
    private record Ran(int code, Outcome outcome, long millis) {}

    private Ran run(Started started, Optional<Duration> limit)
            throws IOException, InterruptedException {
        var began = program.surroundings().clock().instant();
        try {
            var end =
                    started.session()
                            .run("exec", String.join(" ", command), guest -> inside(guest, limit));
            var took = Duration.between(began, program.surroundings().clock().instant());
            return new Ran(code(end), outcome(end), took.toMillis());
        } catch (InterruptedException stopped) { // the session still tells what changed
            return new Ran(ExitCode.INTERRUPTED, Outcome.INTERRUPTED, 0);
        }
    }

    private CommandEnd inside(Guest guest, Optional<Duration> limit)
            throws IOException, InterruptedException {
        var environment = program.application().commandEnvironment(terminalName());
        var plain =
                new dev.safecoder.guest.Command(
                        command, environment, "/workspace", limit, streams(), List.of());
        if (tty) {
            return new TerminalBridge(program.console()).run(guest, plain);
        }
        return new PipeBridge(program.console()).run(guest, plain);
    }

    private Streams streams() {
        return interactive || tty ? new Streams.Piped() : new Streams.Closed();
    }

    /** What the user's terminal is called, when the command gets one. */
    private Optional<String> terminalName() {
        return tty
                ? Optional.ofNullable(program.surroundings().places().environment().get("TERM"))
                        .filter(name -> name.matches("[A-Za-z0-9+._-]{1,64}"))
                : Optional.empty();
    }

    private int code(CommandEnd end) {
        return switch (end) {
            case CommandEnd.Exited(int code, _) -> code;
            case CommandEnd.Signalled(int signal, _) -> SIGNAL_OFFSET + signal;
            case CommandEnd.TimedOut(var after) -> {
                program.console()
                        .say("The command was stopped after %ds".formatted(after.toSeconds()));
                yield ExitCode.EXEC_ITSELF;
            }
            case CommandEnd.NotStarted(int errno, var step) -> {
                program.console()
                        .say(
                                "'%s' could not be started in the sandbox: %s gave errno %d"
                                        .formatted(command.getFirst(), step, errno));
                yield errno == ENOENT ? NOT_FOUND : NOT_RUNNABLE;
            }
        };
    }

    private static Outcome outcome(CommandEnd end) {
        return switch (end) {
            case CommandEnd.Exited _, CommandEnd.Signalled _ -> Outcome.COMPLETED;
            case CommandEnd.TimedOut _ -> Outcome.LIMIT;
            case CommandEnd.NotStarted _ -> Outcome.FAILED;
        };
    }
}
