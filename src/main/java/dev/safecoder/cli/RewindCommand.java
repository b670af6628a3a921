package dev.safecoder.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes a session back to one of its checkpoints. */
@Command(
        name = "rewind",
        description = {
            "Take a session back to a checkpoint, its files and its conversation.",
            "The project is not touched. The steps after it stay readable in the session's"
                    + " history, under refs/safe-coder/rewound/."
        },
        footer = {"", "Example: safe-coder rewind k3f9x2ma 3"})
final class RewindCommand implements Callable<Integer> {
    private final Program program;

    @Mixin private final HelpOption help = new HelpOption();

    @Parameters(
            index = "0",
            paramLabel = "ID",
            description = "The session's id or the beginning of one.")
    private String id = "";

    @Parameters(
            index = "1",
            paramLabel = "STEP",
            description = "The checkpoint's number, as `safe-coder log` shows it; 0 is the start.")
    private int step;

    RewindCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws Exception {
        program.recover();
        var sessions = program.application().sessions();
        var record = sessions.find(id);
        sessions.rewind(record, step);
        program.console()
                .say(
                        "Session %s is at step %d again; the project is untouched"
                                .formatted(record.id(), step));
        return ExitCode.DONE;
    }
}
