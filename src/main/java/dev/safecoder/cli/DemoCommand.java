package dev.safecoder.cli;

import dev.safecoder.app.Demo;
import dev.safecoder.app.SessionReport;
import dev.safecoder.cli.Console.Tone;
import dev.safecoder.cli.Narrator.Speech;
import dev.safecoder.cli.SessionCourse.Work;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The main job on a sample project, with a written agent: no key, no network. */
@Command(
        name = "demo",
        description = {
            "Watch a scripted agent mend a small project inside a real wall, and fail to get out.",
            "Needs no key and no network."
        },
        footer = {"", "Example: safe-coder demo --backend bubblewrap --apply clean"})
final class DemoCommand implements Callable<Integer> {
    private static final String PROMPT = "The check of this project fails. Mend it.";

    private final Program program;

    @Mixin private final HelpOption help = new HelpOption();
    @Mixin private final CommonOptions options = new CommonOptions();

    DemoCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws Exception {
        try (var interruption = new Interruption()) {
            int code = work();
            return interruption.isRequested() ? ExitCode.INTERRUPTED : code;
        }
    }

    private int work() throws IOException, InterruptedException {
        var console = program.console();
        var demo = Demo.make();
        console.say("The sample project lies in %s".formatted(demo.project()));
        var course = new SessionCourse(program, options.over(demo.project()));
        var model = demo.model();
        var listener = new Narrator(console, Speech.ALOUD).showingOutput();
        try (var started = course.begin(model.name(), listener)) {
            var agent = program.application().agent(started, model, course.settings());
            console.say(Tone.STRONG, "> " + PROMPT);
            try (agent) {
                var outcome = agent.prompt(PROMPT);
                new DiffPrinter(console).print(started.session().changes());
                int code = code(course.end(started, Work.of(agent), outcome));
                console.say(
                        "Next: set ANTHROPIC_API_KEY or OPENAI_API_KEY, or have Ollama run, and"
                                + " start safe-coder in a project of yours (docs/models.md)");
                return code;
            }
        }
    }

    private static int code(SessionReport report) {
        return report.delivery().fellShort()
                ? ExitCode.NOT_APPLIED
                : ExitCode.of(report.record().outcome());
    }
}
