package dev.safecoder.app;

import dev.safecoder.change.Change;
import dev.safecoder.change.TreeEntry;
import java.util.List;

/**
 * One change as reports and people see it.
 *
 * @param flags why it needs a closer look, by the names of the command line's contract
 * @param reasons what each flag rests on, one clause each
 */
public record ChangeReport(Change change, List<String> flags, List<String> reasons) {
    /** Whether it is written only when the user asks for such changes, too. */
    public boolean needsConfirmation() {
        return !flags.isEmpty() || isLink();
    }

    private boolean isLink() {
        return change.after().filter(it -> it.type() == TreeEntry.Type.SYMLINK).isPresent();
    }

    /** What a person is told who wanted it written. */
    public String whyNotByDefault() {
        var why =
                flags.isEmpty()
                        ? "it is a symbolic link"
                        : "%s (%s)".formatted(String.join(", ", flags), String.join("; ", reasons));
        return why + "; confirm it with `safe-coder apply --flagged`";
    }

    public ChangeReport {
        flags = List.copyOf(flags);
        reasons = List.copyOf(reasons);
    }
}
