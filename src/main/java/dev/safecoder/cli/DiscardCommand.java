package dev.safecoder.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Throws a session away, to the trash or for good; two names for one command. */
@Command(
        name = "rm",
        description = "Move a session to the trash; the project is not touched.",
        footer = {"", "Example: safe-coder rm k3f9x2ma"})
final class DiscardCommand implements Callable<Integer> {
    private final Program program;

    @Mixin private final HelpOption help = new HelpOption();

    @Parameters(paramLabel = "ID", description = "The session's id or the beginning of one.")
    private String id = "";

    @Option(names = "--force", description = "Delete it at once and for good.")
    private boolean force;

    DiscardCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws Exception {
        program.recover();
        var sessions = program.application().sessions();
        var record = sessions.find(id);
        if (force) {
            sessions.delete(record);
            program.console().say("Deleted session %s".formatted(record.id()));
        } else {
            sessions.discard(record);
            program.console()
                    .say(
                            "Moved session %s to the trash (delete it with `safe-coder rm --force`)"
                                    .formatted(record.id()));
        }
        return ExitCode.DONE;
    }
}
