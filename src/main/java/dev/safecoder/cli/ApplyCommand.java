package dev.safecoder.cli;

import dev.safecoder.app.Delivery.Selection;
import dev.safecoder.app.DeliveryResult;
import dev.safecoder.app.PathFilter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a session's changes to the project. */
@Command(
        name = "apply",
        description = {
            "Write a session's accepted changes (all unflagged ones by default) to the project.",
            "All of them or, when anything is in conflict, none."
        },
        footer = {"", "Example: safe-coder apply --dry-run", "         safe-coder apply -- src"})
final class ApplyCommand implements Callable<Integer> {
    private final Program program;

    @Mixin private final HelpOption help = new HelpOption();
    @Mixin private final SessionArgument session = new SessionArgument();

    @Option(names = "--dry-run", description = "Only tell what would be written.")
    private boolean dryRun;

    @Option(
            names = "--flagged",
            description = "Also files that run on the host, hide something or look like secrets.")
    private boolean flagged;

    @Option(names = "--json", description = "Print the report's apply object.")
    private boolean json;

    ApplyCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws Exception {
        program.recover();
        var record = session.find(program);
        program.application().sessions().requireEnded(record);
        var selection =
                new Selection(
                        flagged ? Selection.Flagged.TOO : Selection.Flagged.NOT,
                        new PathFilter(session.paths()));
        try (var delivery = program.application().delivery(record)) {
            var result = dryRun ? delivery.preview(selection) : delivery.apply(selection);
            if (json) {
                program.console().result(ReportJson.text(ReportJson.delivery(result)));
            }
            var summary = new Summary(program.console(), record);
            if (result.status() == DeliveryResult.Status.NOTHING) {
                program.console().say("There is nothing to apply.");
            } else if (dryRun) {
                summary.tellPlanned(result);
            } else {
                summary.tell(result);
            }
            return result.fellShort() ? ExitCode.NOT_APPLIED : ExitCode.DONE;
        }
    }
}
