package dev.safecoder.cli;

import dev.safecoder.app.SessionReport;
import dev.safecoder.cli.Narrator.Speech;
import dev.safecoder.cli.SessionCourse.Work;
import dev.safecoder.fault.SafeCoderException;
import dev.safecoder.session.Agent;
import dev.safecoder.session.Outcome;
import dev.safecoder.session.SessionListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** One prompt, no terminal needed. */
@Command(
        name = "run",
        description = "Work on one prompt and end; the result goes to standard output.",
        footer = {
            "",
            "Example: safe-coder run -p 'mend the failing test' --apply clean --output json"
        })
final class RunCommand implements Callable<Integer> {
    private final Program program;

    @Mixin private final HelpOption help = new HelpOption();
    @Mixin private final CommonOptions options = new CommonOptions();
    @Mixin private final PromptLimits limits = new PromptLimits();
    @Mixin private final ResumeOptions resume = new ResumeOptions();
    @Mixin private final AttachOption attach = new AttachOption();

    @Option(
            names = {"-p", "--prompt"},
            required = true,
            paramLabel = "TEXT",
            description = "What to do; - reads it from standard input.")
    private String prompt = "";

    @Option(
            names = "--output",
            paramLabel = "FORM",
            converter = Output.Written.class,
            description = "text, json or stream-json (default: text).")
    private Output output = Output.TEXT;

    /** What goes to standard output. */
    enum Output {
        TEXT,
        JSON,
        STREAM_JSON;

        /** How users write it. */
        static final class Written implements ITypeConverter<Output> {
            @Override
            public Output convert(String text) {
                return switch (text) {
                    case "text" -> TEXT;
                    case "json" -> JSON;
                    case "stream-json" -> STREAM_JSON;
                    default ->
                            throw new TypeConversionException(
                                    "'%s' is none of text, json, stream-json".formatted(text));
                };
            }
        }
    }

    RunCommand(Program program) {
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
        var course = new SessionCourse(program, options.and(limits.settings()));
        var text = prompt.equals("-") ? standardInput() : prompt;
        var pictures = attach.pictures(program.surroundings().places().workingFolder());
        var resumed = resume.find(program, options);
        var model = course.model(resumed);
        Agent.check(model, pictures);
        var listener = listener();
        try (var started = course.begin(model.name(), listener, resumed)) {
            var instructions = course.instructions(started);
            JsonStream.of(listener)
                    .ifPresent(it -> it.session(started.session().record(), instructions));
            var agent = course.agent(started, model);
            var outcome = Outcome.FAILED;
            Optional<SafeCoderException> failure = Optional.empty();
            try (agent) {
                outcome = agent.prompt(text, pictures);
            } catch (SafeCoderException givenUp) {
                program.console().failure(givenUp);
                failure = Optional.of(givenUp);
            }
            var report = course.end(started, Work.of(agent), outcome);
            print(report, listener);
            if (failure.isPresent()) {
                return ExitCode.of(failure.get());
            }
            return report.delivery().fellShort() ? ExitCode.NOT_APPLIED : ExitCode.of(outcome);
        }
    }

    private SessionListener listener() {
        return output == Output.STREAM_JSON
                ? new JsonStream(program.console())
                : new Narrator(program.console(), Speech.SILENT);
    }

    private void print(SessionReport report, SessionListener listener) {
        switch (output) {
            case TEXT -> program.console().resultBlock(report.text());
            case JSON -> program.console().result(ReportJson.text(ReportJson.report(report)));
            case STREAM_JSON -> JsonStream.of(listener).ifPresent(it -> it.result(report));
        }
    }

    private static String standardInput() throws IOException {
        return new String(System.in.readNBytes(1 << 20), StandardCharsets.UTF_8);
    }
}
