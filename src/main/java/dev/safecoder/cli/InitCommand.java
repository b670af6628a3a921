package dev.safecoder.cli;

import dev.safecoder.configuration.ConfigurationFile;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes the configuration file with every key as a comment. */
@Command(
        name = "init",
        description = "Write a configuration file that shows every key and its default.",
        footer = {"", "Example: safe-coder init && safe-coder config set docker.memory_mb 2048"})
final class InitCommand implements Callable<Integer> {
    private final Program program;

    @Mixin private final HelpOption help = new HelpOption();

    InitCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        var file = program.surroundings().places().configFile();
        new ConfigurationFile(file).create();
        program.console().result(file.toString());
        return ExitCode.DONE;
    }
}
