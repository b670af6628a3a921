package dev.safecoder.tool;

import dev.safecoder.tool.Field.Kind;
import java.time.Duration;

/** Ends a background command with all that it has started. */
final class BashKillTool implements Tool {
    private static final int KILL = 9;
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(5);
    private static final ToolSpec SPEC =
            ToolSpec.changing(
                    "bash_kill",
                    "Ends a background command with all that it has started, and gives what it had"
                            + " written.",
                    Field.required("id", new Kind.Text(), "The id that bash gave"));

    private final BackgroundCommands background;

    BashKillTool(BackgroundCommands background) {
        this.background = background;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Said run(Arguments arguments) throws InterruptedException {
        var found = background.find(arguments.text("id"));
        if (found.isEmpty()) {
            return refuse(BashOutputTool.unknown(background, arguments.text("id")));
        }
        var command = found.get();
        if (command.isRunning()) {
            command.running().signal(KILL);
        }
        var end = command.endWithin(LONG_ENOUGH);
        if (end.isEmpty()) {
            command.running().close(); // its output is not taken fast enough to wait for all of it
        }
        return BashOutputTool.say(command, end);
    }
}
