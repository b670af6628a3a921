package dev.safecoder.cli;

import dev.safecoder.app.Benchmark;
import dev.safecoder.cli.Console.Tone;
import dev.safecoder.configuration.Settings;
import dev.safecoder.sandbox.Backend;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What sessions cost on this machine, beside the walls' own programs. */
@Command(
        name = "bench",
        description = {
            "Measure what sessions cost on this machine,",
            "beside the walls' own programs. Everything it makes is removed."
        },
        footer = {"", "Example: safe-coder bench --backend docker --sizes 100,10000"})
final class BenchCommand implements Callable<Integer> {
    private static final int MOST_FILES = 1_000_000;

    private final Program program;

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private final HelpOption help = new HelpOption();
    @Mixin private final WallOptions options = new WallOptions();

    @Option(
            names = "--sizes",
            split = ",",
            paramLabel = "N",
            description = "Files in the projects that it makes (default: 100,10000,100000).")
    private List<Integer> sizes = List.of(100, 10_000, 100_000);

    @Option(names = "--json", description = "Print one object with all backends.")
    private boolean json;

    BenchCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws Exception {
        if (sizes.stream().anyMatch(files -> files < 1 || files > MOST_FILES)) {
            throw new ParameterException(
                    spec.commandLine(), "--sizes takes numbers from 1 to " + MOST_FILES);
        }
        try (var interruption = new Interruption()) {
            int code = work();
            return interruption.isRequested() ? ExitCode.INTERRUPTED : code;
        }
    }

    private int work() throws IOException, InterruptedException {
        program.recover();
        var settings = program.application().settings(options.settings());
        var benchmarks =
                program.application()
                        .bench(settings)
                        .measure(
                                backends(settings),
                                new TreeSet<>(sizes),
                                line -> program.console().say(Tone.QUIET, line));
        if (json) {
            program.console().result(ReportJson.text(BenchJson.of(benchmarks)));
        } else {
            new BenchTable(program.console()).print(benchmarks);
        }
        return benchmarks.stream().anyMatch(Benchmark.Measured.class::isInstance)
                ? ExitCode.DONE
                : ExitCode.SANDBOX;
    }

    /** The one that was named, which must work, or all. */
    private List<Backend> backends(Settings settings) throws InterruptedException {
        var backends = program.application().backends(settings);
        return settings.backend().isPresent()
                ? List.of(backends.choose(settings.backend()).backend())
                : backends.all();
    }
}
