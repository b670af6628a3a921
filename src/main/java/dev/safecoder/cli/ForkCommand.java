package dev.safecoder.cli;

import dev.safecoder.session.SessionId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes a second session of one, to go another way from there. */
@Command(
        name = "fork",
        description = {
            "Copy a session that has ended under a new id, to go on in two ways.",
            "The new id goes to standard output. What was applied can be undone only by the"
                    + " first one."
        },
        footer = {"", "Example: safe-coder chat --resume \"$(safe-coder fork k3f9x2ma)\""})
final class ForkCommand implements Callable<Integer> {
    private final Program program;

    @Mixin private final HelpOption help = new HelpOption();

    @Parameters(paramLabel = "ID", description = "The session's id or the beginning of one.")
    private String id = "";

    ForkCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws Exception {
        program.recover();
        var surroundings = program.surroundings();
        var sessions = program.application().sessions();
        var forked =
                sessions.fork(
                        sessions.find(id),
                        SessionId.random(surroundings.chance()),
                        surroundings.clock().instant());
        program.console().result(forked.id().text());
        return ExitCode.DONE;
    }
}
