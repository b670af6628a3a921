package dev.safecoder.tool;

import dev.safecoder.guest.CommandEnd;
import dev.safecoder.model.ToolAnswer.Outcome;
import dev.safecoder.tool.Field.Kind;
import dev.safecoder.tool.ToolResult.Effect;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Says what a background command has written since the last look, and whether it still runs. */
final class BashOutputTool implements Tool {
    private static final ToolSpec SPEC =
            ToolSpec.changing(
                    "bash_output",
                    "Gives what a background command has written since the last call, at most 30,000"
                            + " characters, and whether it still runs.",
                    Field.required("id", new Kind.Text(), "The id that bash gave"));

    private final BackgroundCommands background;

    BashOutputTool(BackgroundCommands background) {
        this.background = background;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Said run(Arguments arguments) throws InterruptedException {
        var command = background.find(arguments.text("id"));
        if (command.isEmpty()) {
            return refuse(unknown(background, arguments.text("id")));
        }
        return say(command.get(), command.get().endWithin(Duration.ZERO));
    }

    static String unknown(BackgroundCommands background, String id) {
        return "There is no background command '%s'; there are: %s"
                .formatted(ModelText.cut(id, 40), background.ids());
    }

    /** New output, then the state. */
    static Said say(BackgroundCommand command, Optional<CommandEnd> end) {
        var output = command.output();
        var text = output.takeText();
        var state = end.map(how -> CommandReport.outcome(how, output)).orElse("running");
        return new Said(
                (text.isEmpty() ? "(no new output)\n" : text)
                        + end.map(how -> CommandReport.lastLine(how, output)).orElse("[running]"),
                Outcome.DONE,
                end.map(how -> CommandReport.exitCode(how, output)).orElse(OptionalInt.empty()),
                "%s (%s): %s".formatted(command.id(), BashTool.named(command.line()), state),
                Effect.POSSIBLY_CHANGED);
    }
}
