package dev.safecoder.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What stands before every command: the program's own help and version. */
@Command(
        name = "safe-coder",
        description = {
            "An AI coding agent whose every action happens behind a real wall.",
            "Without a command: chat."
        },
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Example: safe-coder demo", "Each command has --help."})
final class RootCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this and end.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and end.")
    boolean version;
}
