package dev.safecoder.cli;

import dev.safecoder.change.ChangeSet;
import java.io.IOException;
import picocli.CommandLine.Option;

/** How a change set is shown: as a patch unless one of the shorter forms is chosen. */
class DiffForm {
    @Option(names = "--stat", description = "Lines added and deleted, a file a line.")
    private boolean stat;

    @Option(names = "--name-only", description = "The changed paths.")
    private boolean nameOnly;

    /** Whether the user named a form. */
    boolean isChosen() {
        return stat || nameOnly;
    }

    final void print(DiffPrinter printer, ChangeSet changes) throws IOException {
        if (stat) {
            printer.printStat(changes);
        } else if (nameOnly) {
            printer.printNames(changes);
        } else {
            printer.print(changes);
        }
    }
}
