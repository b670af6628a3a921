package dev.safecoder.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints what a shell needs to complete commands and options. */
@Command(
        name = "completion",
        description = "Print a completion script for a shell.",
        footer = {
            "",
            "Example: safe-coder completion bash > ~/.local/share/bash-completion/completions/safe-coder"
        })
final class CompletionCommand implements Callable<Integer> {
    private final Program program;

    @Mixin private final HelpOption help = new HelpOption();

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    private Shell shell = Shell.BASH;

    /** The shells that are known. */
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    CompletionCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        var line = CommandTable.lineFor("", program);
        program.console()
                .resultBlock(
                        switch (shell) {
                            case BASH -> AutoComplete.bash("safe-coder", line);
                            case ZSH ->
                                    "autoload -U +X bashcompinit && bashcompinit\n"
                                            + AutoComplete.bash("safe-coder", line);
                            case FISH -> fish(line);
                        });
        return ExitCode.DONE;
    }

    private static String fish(CommandLine line) {
        var script = new StringBuilder("complete -c safe-coder -f\n");
        line.getSubcommands()
                .forEach(
                        (name, command) -> {
                            script.append(subcommand(name, command));
                            command.getCommandSpec().options().stream()
                                    .filter(option -> option.longestName().startsWith("--"))
                                    .forEach(
                                            option ->
                                                    script.append(
                                                            option(
                                                                    name,
                                                                    option.longestName(),
                                                                    option.arity().max() > 0)));
                        });
        return script.toString();
    }

    private static String subcommand(String name, CommandLine command) {
        var description = String.join(" ", command.getCommandSpec().usageMessage().description());
        return "complete -c safe-coder -n __fish_use_subcommand -a %s -d '%s'\n"
                .formatted(name, description.replace("'", "\\'"));
    }

    private static String option(String command, String option, boolean takesValue) {
        return "complete -c safe-coder -n '__fish_seen_subcommand_from %s' -l %s%s\n"
                .formatted(command, option.substring(2), takesValue ? " -r" : "");
    }
}
