package dev.safecoder.cli;

import dev.safecoder.cli.Console.Tone;
import dev.safecoder.session.SessionStore;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Throws a session away, to the trash or for good; two names for one command. */
@Command(
        description = "Move a session to the trash; the project is not touched.",
        footer = {"", "Example: safe-coder rm k3f9x2ma"})
final class DiscardCommand implements Callable<Integer> {
    private final Program program;

    @Mixin private final HelpOption help = new HelpOption();

    @Parameters(paramLabel = "ID", description = "The session's id or the beginning of one.")
    private String id = "";

    @Option(names = "--force", description = "Delete it for good, also from the trash.")
    private boolean force;

    DiscardCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws Exception {
        program.recover();
        var sessions = program.application().sessions();
        if (force) {
            delete(sessions);
            return ExitCode.DONE;
        }
        var record = sessions.find(id);
        var gone = program.application().discard(record);
        program.console()
                .say(
                        "Moved session %s to the trash (delete it with `safe-coder rm --force %1$s`)"
                                .formatted(record.id()));
        for (var old : gone) {
            program.console()
                    .say(
                            Tone.WARNING,
                            "The trash was full: deleted session %s for good".formatted(old));
        }
        return ExitCode.DONE;
    }

    /** From the trash, too; a session that is not in it comes first. */
    private void delete(SessionStore sessions) throws IOException {
        var trashed = sessions.trash().find(id);
        boolean listed = sessions.all().stream().anyMatch(it -> it.id().text().startsWith(id));
        if (trashed.isPresent() && !listed) {
            program.application().deleteFromTrash(trashed.get());
            program.console()
                    .say("Deleted session %s from the trash".formatted(trashed.get().id()));
        } else {
            var record = sessions.find(id);
            program.application().delete(record);
            program.console().say("Deleted session %s".formatted(record.id()));
        }
    }
}
