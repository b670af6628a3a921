package dev.safecoder.cli;

import dev.safecoder.app.PathFilter;
import dev.safecoder.change.ChangeSet;
import dev.safecoder.cli.Console.Tone;
import dev.safecoder.history.Checkpoint;
import dev.safecoder.history.History;
import java.io.IOException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The checkpoints of a session, newest first. */
@Command(
        name = "log",
        description = "List the checkpoints of a session, newest first.",
        footer = {"", "Example: safe-coder log -p -- src"})
final class LogCommand implements Callable<Integer> {
    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final Program program;

    @Mixin private final HelpOption help = new HelpOption();
    @Mixin private final SessionArgument session = new SessionArgument();

    @ArgGroup private Form form = new Form();

    /** How much of each step is shown; only its line when none is chosen. */
    static final class Form extends DiffForm {
        @Option(
                names = {"-p", "--patch"},
                description = "Show what each step changed.")
        private boolean patch;

        @Override
        boolean isChosen() {
            return patch || super.isChosen();
        }
    }

    @Option(names = "--json", description = "Print an array of checkpoints.")
    private boolean json;

    LogCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws Exception {
        try (var history = program.application().history(session.find(program))) {
            var filter = new PathFilter(session.paths());
            var newestFirst = meant(history, filter);
            if (json) {
                var array = ReportJson.array();
                newestFirst.forEach(one -> array.add(ReportJson.checkpoint(one)));
                program.console().result(ReportJson.text(array));
            } else {
                tell(history, newestFirst, filter);
            }
        }
        return ExitCode.DONE;
    }

    /** All, or those that changed something at the paths. */
    private static List<Checkpoint> meant(History history, PathFilter filter) throws IOException {
        var newestFirst = history.checkpoints().reversed();
        if (filter.equals(PathFilter.ALL)) {
            return newestFirst;
        }
        var meant = new ArrayList<Checkpoint>();
        for (var one : newestFirst) {
            if (!filter.of(changes(history, one)).changes().isEmpty()) {
                meant.add(one);
            }
        }
        return meant;
    }

    private static ChangeSet changes(History history, Checkpoint one) throws IOException {
        return history.changes(Math.max(0, one.step() - 1), one.step());
    }

    private void tell(History history, List<Checkpoint> newestFirst, PathFilter filter)
            throws IOException {
        for (var one : newestFirst) {
            program.console()
                    .result(
                            "%4d  %s  %s  %s"
                                    .formatted(
                                            one.step(),
                                            one.id().substring(0, 10),
                                            WHEN.format(one.when().atZone(ZoneId.systemDefault())),
                                            one.subject()));
            if (form.isChosen()) {
                one.body()
                        .lines()
                        .forEach(line -> program.console().say(Tone.QUIET, "      " + line));
                form.print(new DiffPrinter(program.console()), filter.of(changes(history, one)));
            }
        }
    }
}
