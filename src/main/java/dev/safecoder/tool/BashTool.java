package dev.safecoder.tool;

import dev.safecoder.guest.CommandEnd;
import dev.safecoder.guest.Guest;
import dev.safecoder.model.ToolAnswer.Outcome;
import dev.safecoder.tool.Field.Kind;
import dev.safecoder.tool.ToolResult.Effect;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Runs a line of shell to its end, or starts it in the background. */
final class BashTool implements Tool {
    private final ToolSpec spec;
    private final Guest guest;
    private final ShellCommands shell;
    private final BackgroundCommands background;

    BashTool(Guest guest, Programs programs, CommandRules rules, BackgroundCommands background) {
        this.spec = spec(rules);
        this.guest = guest;
        this.shell = new ShellCommands(programs, rules);
        this.background = background;
    }

    private static ToolSpec spec(CommandRules rules) {
        return ToolSpec.changing(
                "bash",
                "Runs a shell command in the sandbox (bash, or sh where there is none), each time in"
                        + " a new shell without input. Answers with output and"
                        + " errors together, at most 30,000 characters (the middle is left out),"
                        + " and the exit code. Processes that it leaves running are stopped, unless"
                        + " it was started with background.",
                Field.required("command", new Kind.Text(), "The line of shell"),
                Field.optional(
                        "timeout_ms",
                        new Kind.Whole(1, rules.mostTime().toMillis()),
                        "Stop it after so many milliseconds, %d when left out; no limit in the background"
                                .formatted(rules.timeLimit().toMillis())),
                Field.optional(
                        "description",
                        new Kind.Text(),
                        "What it is for, in a few words, for the user"),
                Field.optional(
                        "workdir",
                        new Kind.Path(),
                        "The folder to start in, /workspace when left out"),
                Field.optional(
                        "background",
                        new Kind.Flag(),
                        "Return at once with an id for bash_output and bash_kill"));
    }

    @Override
    public ToolSpec spec() {
        return spec;
    }

    @Override
    public Said run(Arguments arguments) throws InterruptedException {
        var line = arguments.text("command");
        var wrong = wrongWith(line);
        if (wrong.isPresent()) {
            return refuse(wrong.get());
        }
        return arguments.isSet("background")
                ? startInBackground(line, arguments)
                : runToEnd(line, arguments);
    }

    private static Optional<String> wrongWith(String line) {
        if (line.isBlank()) {
            return Optional.of("'command' is empty");
        }
        if (line.indexOf('\0') >= 0) {
            return Optional.of("'command' holds a NUL character");
        }
        return line.getBytes(StandardCharsets.UTF_8).length > ShellCommands.MOST_BYTES
                ? Optional.of(
                        "'command' is longer than 50,000 bytes; write a script with write_file"
                                + " and run that")
                : Optional.empty();
    }

    private Said runToEnd(String line, Arguments arguments) throws InterruptedException {
        var output = new CapturedOutput();
        var folder = arguments.path("workdir");
        var end = guest.run(shell.limited(line, folder, arguments.number("timeout_ms")), output);
        output.ended();
        if (end instanceof CommandEnd.NotStarted) {
            return refuse(CommandReport.outcome(end, output));
        }
        var text = output.takeText();
        return new Said(
                (text.isEmpty() ? "(no output)\n" : text) + CommandReport.lastLine(end, output),
                isWhole(end, output) ? Outcome.DONE : Outcome.REFUSED,
                CommandReport.exitCode(end, output),
                "%s: %s".formatted(named(line), CommandReport.outcome(end, output)),
                Effect.POSSIBLY_CHANGED);
    }

    /** Whether the command ran as long as it wanted. */
    private static boolean isWhole(CommandEnd end, CapturedOutput output) {
        return !output.isTooMuch() && !(end instanceof CommandEnd.TimedOut);
    }

    private Said startInBackground(String line, Arguments arguments) throws InterruptedException {
        var folder = arguments.path("workdir");
        var limit = arguments.number("timeout_ms");
        var command =
                limit.isPresent()
                        ? shell.limited(line, folder, limit)
                        : shell.unlimited(line, folder);
        var started = background.start(line, command);
        if (started.isEmpty()) {
            return refuse(
                    "%d commands run in the background already; end one with bash_kill first"
                            .formatted(BackgroundCommands.MOST_RUNNING));
        }
        var id = started.get().id();
        return Said.changed(
                ("Started in the background as %s. bash_output gives what it says, bash_kill ends"
                                + " it.")
                        .formatted(id),
                "%s: in the background as %s".formatted(named(line), id));
    }

    /** The command as a summary names it. */
    static String named(String line) {
        return ModelText.cut(line.strip().lines().findFirst().orElse(""), 120);
    }
}
