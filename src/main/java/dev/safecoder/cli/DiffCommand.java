package dev.safecoder.cli;

import dev.safecoder.app.PathFilter;
import dev.safecoder.change.ChangeSet;
import dev.safecoder.history.History;
import dev.safecoder.path.RelativePath;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a session, or one step of it, changed, in git's format. */
@Command(
        name = "diff",
        description = "Show what a session changed, in git's format.",
        footer = {"", "Example: safe-coder diff --step 3 -- src"})
final class DiffCommand implements Callable<Integer> {
    private final Program program;

    @Mixin private final HelpOption help = new HelpOption();
    @Mixin private final SessionArgument session = new SessionArgument();

    @Option(names = "--step", paramLabel = "N", description = "Only what checkpoint N changed.")
    private @Nullable Integer step;

    @ArgGroup private DiffForm form = new DiffForm();

    DiffCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws Exception {
        try (var history = program.application().history(session.find(program))) {
            var changes = changes(history);
            var filter = new PathFilter(session.paths());
            filter.unmatched(changes.changes()).ifPresent(this::tellUnchanged);
            changes = filter.of(changes);
            form.print(new DiffPrinter(program.console()), changes);
        }
        return ExitCode.DONE;
    }

    private void tellUnchanged(RelativePath path) {
        program.console().say("No change at '%s'".formatted(PathText.shown(path.bytes())));
    }

    private ChangeSet changes(History history) throws IOException {
        int last = history.checkpoints().getLast().step();
        var asked = Optional.ofNullable(step);
        asked.ifPresent(number -> session.requireStep(number, last));
        return asked.isPresent()
                ? history.changes(asked.get() - 1, asked.get())
                : history.changes(0, last);
    }
}
