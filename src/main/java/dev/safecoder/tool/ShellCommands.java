package dev.safecoder.tool;

import dev.safecoder.guest.Command;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** Makes the guest's command of a model's line of shell. */
final class ShellCommands {
    /** The guest takes a command with its environment in one frame of 64 KiB. */
    static final int MOST_BYTES = 50_000;

    /** Output and errors go through one pipe, so that they keep their order. */
    private static final String JOINED = "exec \"$0\" -c \"$1\" 2>&1";

    private final Programs programs;
    private final CommandRules rules;

    ShellCommands(Programs programs, CommandRules rules) {
        this.programs = programs;
        this.rules = rules;
    }

    Command unlimited(String line, SandboxPath folder) throws InterruptedException {
        return Command.of(
                List.of(Programs.POSIX_SHELL, "-c", JOINED, programs.shell(), line),
                rules.environment(),
                folder.shown());
    }

    Command limited(String line, SandboxPath folder, OptionalLong milliseconds)
            throws InterruptedException {
        var limit = Duration.ofMillis(milliseconds.orElse(rules.timeLimit().toMillis()));
        return unlimited(line, folder).within(limit);
    }
}
