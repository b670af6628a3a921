package dev.safecoder.cli;

import dev.safecoder.app.Diagnosis;
import dev.safecoder.cli.Console.Tone;
import dev.safecoder.sandbox.Guarantee;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What works here, what each backend guarantees, and how to mend the rest. */
@Command(
        name = "doctor",
        description = {
            "Try every backend: whether it starts here and how far each guarantee holds,",
            "proved by a program inside that tries to break it."
        },
        footer = {"", "Example: safe-coder doctor --json"})
final class DoctorCommand implements Callable<Integer> {
    private final Program program;

    @Mixin private final HelpOption help = new HelpOption();
    @Mixin private final WallOptions options = new WallOptions();

    @Option(names = "--json", description = "Print one object with all backends.")
    private boolean json;

    DoctorCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws Exception {
        program.recover();
        var settings = program.application().settings(options.settings());
        var backends =
                program.application().backends(settings).all().stream()
                        .filter(it -> settings.backend().filter(n -> n != it.name()).isEmpty())
                        .toList();
        var diagnoses =
                program.application()
                        .doctor(settings)
                        .examine(backends, line -> program.console().say(Tone.QUIET, line));
        if (json) {
            program.console().result(ReportJson.text(ReportJson.diagnoses(diagnoses)));
        } else {
            diagnoses.forEach(this::tell);
        }
        return diagnoses.stream().anyMatch(Diagnosis::usable) ? ExitCode.DONE : ExitCode.SANDBOX;
    }

    private void tell(Diagnosis one) {
        var console = program.console();
        console.result(
                "%s: %s (%s)"
                        .formatted(
                                one.name().title(),
                                one.usable() ? "usable" : "not usable",
                                one.reason()));
        one.remedy().ifPresent(remedy -> console.result("  Try: " + remedy));
        tell(one.guarantees());
    }

    private void tell(List<Guarantee> guarantees) {
        for (var guarantee : guarantees) {
            program.console()
                    .result(
                            "  %-12s %-9s %s"
                                    .formatted(
                                            guarantee.name(),
                                            ReportJson.level(guarantee),
                                            guarantee.evidence()));
        }
    }
}
