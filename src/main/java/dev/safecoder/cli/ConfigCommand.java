package dev.safecoder.cli;

import dev.safecoder.configuration.Configuration;
import dev.safecoder.configuration.Configuration.Shown;
import dev.safecoder.configuration.ConfigurationFile;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows and changes the settings. */
@Command(
        name = "config",
        description = "Show the settings in force and where they come from, or change one.",
        footer = {"", "Example: safe-coder config set isolation.backend podman"})
final class ConfigCommand implements Runnable {
    private final Program program;

    @Mixin private final HelpOption help = new HelpOption();

    @Spec private CommandSpec spec = CommandSpec.create();

    ConfigCommand(Program program) {
        this.program = program;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Write config show, set or path");
    }

    @Command(name = "show", description = "Every key, its value and its origin.")
    int show(
            @Mixin HelpOption ofShow,
            @Option(names = "--json", description = "Print one object a key.") boolean json) {
        var shown = Configuration.load(program.surroundings().places(), Map.of()).shown();
        if (json) {
            var array = ReportJson.array();
            for (var one : shown) {
                array.addObject()
                        .put("key", one.key())
                        .put("value", one.value())
                        .put("origin", one.origin());
            }
            program.console().result(ReportJson.text(array));
        } else {
            shown.forEach(one -> program.console().result(line(one)));
        }
        return ExitCode.DONE;
    }

    private static String line(Shown one) {
        return "%-28s = %-36s # %s".formatted(one.key(), one.value(), one.origin());
    }

    @Command(
            name = "set",
            description = "Set one key in the configuration file; comments stay.",
            footer = {"", "Example: safe-coder config set docker.memory_mb 2048"})
    int set(
            @Mixin HelpOption ofSet,
            @Parameters(paramLabel = "KEY", description = "Such as docker.image.") String key,
            @Parameters(paramLabel = "VALUE", description = "Checked before it is written.")
                    String value) {
        var file = program.surroundings().places().configFile();
        new ConfigurationFile(file).set(key, value);
        program.console().say("%s is set in %s".formatted(key, file));
        return ExitCode.DONE;
    }

    @Command(name = "path", description = "Print where the configuration file lies.")
    int path(@Mixin HelpOption ofPath) {
        program.console().result(program.surroundings().places().configFile().toString());
        return ExitCode.DONE;
    }
}
