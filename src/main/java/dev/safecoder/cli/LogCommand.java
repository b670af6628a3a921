package dev.safecoder.cli;

import dev.safecoder.cli.Console.Tone;
import dev.safecoder.history.Checkpoint;
import dev.safecoder.history.History;
import java.io.IOException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The checkpoints of a session, newest first. */
@Command(
        name = "log",
        description = "List the checkpoints of a session, newest first.",
        footer = {"", "Example: safe-coder log -p"})
final class LogCommand implements Callable<Integer> {
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Program program;

    @Mixin private final HelpOption help = new HelpOption();
    @Mixin private final SessionArgument session = new SessionArgument();

    @Option(
            names = {"-p", "--patch"},
            description = "Show what each step changed.")
    private boolean patch;

    @Option(names = "--json", description = "Print an array of checkpoints.")
    private boolean json;

    LogCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws Exception {
        try (var history = program.application().history(session.find(program))) {
            var newestFirst = history.checkpoints().reversed();
            if (json) {
                var array = ReportJson.array();
                newestFirst.forEach(one -> array.add(ReportJson.checkpoint(one)));
                program.console().result(ReportJson.text(array));
            } else {
                tell(history, newestFirst);
            }
        }
        return ExitCode.DONE;
    }

    private void tell(History history, List<Checkpoint> newestFirst) throws IOException {
        for (var one : newestFirst) {
            program.console()
                    .result(
                            "%4d  %s  %s  %s"
                                    .formatted(
                                            one.step(),
                                            one.id().substring(0, 10),
                                            WHEN.format(one.when().atZone(ZoneId.systemDefault())),
                                            one.subject()));
            if (patch && one.step() > 0) {
                if (!one.body().isBlank()) {
                    program.console().say(Tone.QUIET, "      " + one.body().strip());
                }
                new DiffPrinter(program.console())
                        .print(history.changes(one.step() - 1, one.step()));
            }
        }
    }
}
