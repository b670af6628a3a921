package dev.safecoder.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes back the last apply of a session. */
@Command(
        name = "undo",
        description = "Take back the last apply: the project is as it was before.",
        footer = {"", "Example: safe-coder undo"})
final class UndoCommand implements Callable<Integer> {
    private final Program program;

    @Mixin private final HelpOption help = new HelpOption();
    @Mixin private final SessionArgument session = new SessionArgument();

    @Option(names = "--json", description = "Print the result as the report's apply object.")
    private boolean json;

    UndoCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws Exception {
        program.recover();
        var record = session.find(program);
        try (var delivery = program.application().delivery(record)) {
            var result = delivery.undo();
            if (json) {
                program.console().result(ReportJson.text(ReportJson.delivery(result)));
            }
            new Summary(program.console(), record).tellUndone(result);
            return result.fellShort() ? ExitCode.NOT_APPLIED : ExitCode.DONE;
        }
    }
}
