package dev.safecoder.cli;

import dev.safecoder.cli.Console.Tone;
import dev.safecoder.cli.Narrator.Speech;
import dev.safecoder.cli.SessionCourse.Work;
import dev.safecoder.fault.SafeCoderException;
import dev.safecoder.model.ModelException;
import dev.safecoder.session.Agent;
import dev.safecoder.session.Outcome;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** An interactive session; line by line where the terminal can no more. */
@Command(
        name = "chat",
        description = "Talk with the agent about a project; nothing is written before you agree.",
        footer = {"", "Example: safe-coder chat --path ~/project --backend podman"})
final class ChatCommand implements Callable<Integer> {
    private final Program program;

    @Mixin private final HelpOption help = new HelpOption();
    @Mixin private final CommonOptions options = new CommonOptions();
    @Mixin private final PromptLimits limits = new PromptLimits();
    @Mixin private final ResumeOptions resume = new ResumeOptions();

    @Option(names = "--no-tui", description = "Plain lines also on a terminal that can do more.")
    private boolean plain;

    ChatCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws Exception {
        if (!plain && program.wholeScreen().isPresent()) {
            return new InteractiveChat(program, options.and(limits.settings()))
                    .run(resume.find(program, options));
        }
        return plainly();
    }

    private int plainly() throws IOException, InterruptedException {
        var course = new SessionCourse(program, options.and(limits.settings()));
        var resumed = resume.find(program, options);
        var model = course.model(resumed);
        var listener = new Narrator(program.console(), Speech.ALOUD);
        try (var interruption = new Interruption();
                var started = course.begin(model.name(), listener, resumed)) {
            Outcome outcome;
            course.instructions(started);
            var agent = course.agent(started, model);
            try (agent) {
                outcome = talk(agent);
            }
            var ended = interruption.isRequested() ? Outcome.INTERRUPTED : outcome;
            var report = course.end(started, Work.of(agent), ended);
            return report.delivery().fellShort() ? ExitCode.NOT_APPLIED : ExitCode.of(ended);
        }
    }

    private Outcome talk(Agent agent) throws IOException {
        program.console().say("Write what to do; an empty line or Ctrl-D ends the session.");
        try {
            for (var line = ask(); !line.isBlank(); line = ask()) {
                var outcome = prompt(agent, line);
                if (outcome == Outcome.INTERRUPTED) {
                    return outcome;
                }
            }
            return Outcome.COMPLETED;
        } catch (InterruptedException stopped) { // what was done so far is still told and asked
            return Outcome.INTERRUPTED;
        }
    }

    private String ask() throws IOException, InterruptedException {
        program.console().ask(">");
        var line = Answers.next();
        return line == null ? "" : line;
    }

    /** A model that fails does not end the chat; the next line may do better. */
    private Outcome prompt(Agent agent, String line) throws IOException, InterruptedException {
        try {
            return agent.prompt(line);
        } catch (ModelException failure) {
            program.console().failure(failure);
            return Outcome.FAILED;
        } catch (SafeCoderException failure) {
            program.console().say(Tone.BAD, "The session cannot go on.");
            throw failure;
        }
    }
}
