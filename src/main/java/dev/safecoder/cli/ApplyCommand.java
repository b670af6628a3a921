package dev.safecoder.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.safecoder.app.Delivery;
import dev.safecoder.app.Delivery.Selection;
import dev.safecoder.app.DeliveryResult;
import dev.safecoder.history.NewBranch;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a session's changes to the project. */
@Command(
        name = "apply",
        description = {
            "Write a session's accepted changes to the project, all of them or none.",
            "Accepted is what a review accepted, and what it left undecided and is not flagged."
                    + " When anything is in conflict, nothing is written."
        },
        footer = {
            "",
            "Example: safe-coder apply --dry-run",
            "         safe-coder apply --ours README",
            "         safe-coder apply --as-branch agent/login"
        })
final class ApplyCommand implements Callable<Integer> {
    private final Program program;

    @Mixin private final HelpOption help = new HelpOption();
    @Mixin private final SessionArgument session = new SessionArgument();
    @Mixin private final ConflictOptions conflicts = new ConflictOptions();
    @Mixin private final BranchOption branch = new BranchOption();

    @Option(
            names = "--dry-run",
            description = "Only tell what would be written, and show what would be merged.")
    private boolean dryRun;

    @Option(
            names = "--flagged",
            description = "Also files that run on the host, hide something or look like secrets.")
    private boolean flagged;

    @Option(
            names = "--step",
            paramLabel = "N",
            description = "Only what checkpoints 1 to N changed, as it was then.")
    private @Nullable Integer step;

    @Option(names = "--json", description = "Print the report's apply object.")
    private boolean json;

    ApplyCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws Exception {
        var name = branch.name();
        program.recover();
        var record = session.find(program);
        program.application().sessions().requireAtRest(record);
        try (var delivery = program.application().delivery(record)) {
            var selection = selection(delivery);
            var summary = new Summary(program.console(), record);
            if (name.isPresent()) {
                var wanted = program.application().branch(name.get(), record);
                return commit(delivery, selection, wanted, summary);
            }
            var result = dryRun ? plan(delivery, selection) : write(delivery, selection);
            tell(summary, result, () -> summary.tell(result));
            return result.fellShort() ? ExitCode.NOT_APPLIED : ExitCode.DONE;
        }
    }

    private void tell(Summary summary, DeliveryResult result, Runnable done) {
        if (result.status() == DeliveryResult.Status.NOTHING) {
            program.console().say("There is nothing to apply.");
        } else if (dryRun) {
            summary.tellPlanned(result);
        } else {
            done.run();
        }
    }

    private int commit(Delivery delivery, Selection selection, NewBranch wanted, Summary summary)
            throws IOException {
        var made =
                dryRun
                        ? delivery.previewCommit(selection, wanted)
                        : delivery.commit(selection, wanted);
        var result = made.planned().result();
        if (json) {
            var object = planned(made.planned()).put("branch", wanted.name());
            object.put("commit", made.commit().orElse(null));
            program.console().result(ReportJson.text(object));
        } else if (dryRun) {
            show(made.planned());
        }
        tell(summary, result, () -> summary.tellCommitted(result, wanted.name(), made.commit()));
        return result.fellShort() ? ExitCode.NOT_APPLIED : ExitCode.DONE;
    }

    private DeliveryResult write(Delivery delivery, Selection selection) throws IOException {
        var result = delivery.apply(selection);
        if (json) {
            program.console().result(ReportJson.text(ReportJson.delivery(result)));
        }
        return result;
    }

    private DeliveryResult plan(Delivery delivery, Selection selection) throws IOException {
        var planned = delivery.preview(selection);
        if (json) {
            program.console().result(ReportJson.text(planned(planned)));
        } else {
            show(planned);
        }
        return planned.result();
    }

    private static ObjectNode planned(Delivery.Planned planned) {
        var object = ReportJson.delivery(planned.result()).put("dry_run", true);
        var merged = object.putArray("merged");
        for (var change : planned.merged().changes()) {
            merged.add(PathText.shown(change.path().bytes()));
        }
        return object;
    }

    private void show(Delivery.Planned planned) throws IOException {
        if (!planned.merged().changes().isEmpty()) {
            program.console().say("To be merged with what the project holds now:");
            new DiffPrinter(program.console()).print(planned.merged());
        }
    }

    private Selection selection(Delivery delivery) {
        var upTo = Optional.ofNullable(step);
        upTo.ifPresent(number -> session.requireStep(number, delivery.last()));
        var resolutions = conflicts.resolutions(session);
        session.requireChanged(resolutions.keySet(), delivery.changes());
        return new Selection(
                flagged ? Selection.Flagged.TOO : Selection.Flagged.NOT,
                session.filter(delivery.changes()),
                upTo,
                resolutions);
    }
}
