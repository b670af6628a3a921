package dev.safecoder.cli;

import dev.safecoder.app.Application.McpListener;
import dev.safecoder.app.DeliveryResult;
import dev.safecoder.app.SessionReport;
import dev.safecoder.app.SessionStart;
import dev.safecoder.app.SessionStart.Started;
import dev.safecoder.cli.Console.Tone;
import dev.safecoder.configuration.ConfigurationException;
import dev.safecoder.configuration.Settings;
import dev.safecoder.model.Model;
import dev.safecoder.model.Usage;
import dev.safecoder.session.Agent;
import dev.safecoder.session.Limit;
import dev.safecoder.session.Outcome;
import dev.safecoder.session.Session;
import dev.safecoder.session.SessionListener;
import dev.safecoder.session.SessionRecord;
import dev.safecoder.session.ToolCall;
import dev.safecoder.workspace.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The course that every session takes on the command line: started with a few lines on what was
 * chosen, ended with what changed, the question whether to apply it, and the report.
 */
final class SessionCourse {
    private static final int MOST_NAMES = 20;

    private final Program program;
    private final Console console;
    private final CommonOptions options;
    private final Settings settings;

    /** What the work in the sandbox came to. */
    record Work(
            Optional<Limit> limit,
            String text,
            List<ToolCall> calls,
            Usage usage,
            long firstExecMillis) {
        static Work of(Agent agent) {
            long firstExec =
                    agent.calls().stream()
                            .filter(call -> call.result().exitCode().isPresent())
                            .mapToLong(call -> call.took().toMillis())
                            .findFirst()
                            .orElse(0);
            return new Work(
                    agent.limit(), agent.lastWords(), agent.calls(), agent.usage(), firstExec);
        }

        /** Of a command that ran without a model. */
        static Work of(long firstExecMillis) {
            return new Work(Optional.empty(), "", List.of(), Usage.NONE, firstExecMillis);
        }
    }

    SessionCourse(Program program, CommonOptions options) {
        this.program = program;
        this.console = program.console();
        this.options = options;
        this.settings = program.application().settings(options.settings());
    }

    Settings settings() {
        return settings;
    }

    /** The model that the settings name; a project that cannot be had is said first. */
    Model model(Optional<SessionRecord> resumed) {
        if (resumed.isEmpty()) {
            Project.at(program.project(options.path()));
        }
        return program.application().model(settings);
    }

    /** Starts a sandbox over the project and says which and how. */
    Started begin(String model, SessionListener listener) throws IOException, InterruptedException {
        return begin(model, listener, Optional.empty());
    }

    /** The same, going on with a session that has ended where there is one. */
    Started begin(String model, SessionListener listener, Optional<SessionRecord> resumed)
            throws IOException, InterruptedException {
        checkReport();
        program.recover();
        var started =
                program.application()
                        .starter(settings)
                        .start(
                                new SessionStart.Request(
                                        resumed.map(SessionRecord::project)
                                                .orElseGet(() -> program.project(options.path())),
                                        settings,
                                        model,
                                        options.keep()
                                                ? Session.Ending.KEEP_WORKSPACE
                                                : Session.Ending.REMOVE_WORKSPACE,
                                        listener,
                                        line -> console.say(Tone.QUIET, line),
                                        resumed));
        var record = started.session().record();
        console.say(
                Tone.QUIET,
                "Session %s%s: %s as %s workspace, ready in %d ms"
                        .formatted(
                                record.id(),
                                resumed.isPresent() ? " goes on" : "",
                                record.project(),
                                record.workspace(),
                                started.startMillis()));
        if (!started.hidden().isEmpty()) {
            console.say(Tone.QUIET, "Hidden from the sandbox: " + listed(started.hidden()));
        }
        return started;
    }

    /** Says which files of the project tell an agent something, and returns them. */
    List<String> instructions(Started started) {
        var files = program.application().instructionFiles(started, settings);
        if (!files.isEmpty()) {
            console.say(Tone.QUIET, "Instructions of the project: " + String.join(", ", files));
        }
        return files;
    }

    /** Puts a model to work, with the tools of the user's MCP servers, and says which. */
    Agent agent(Started started, Model model) throws IOException, InterruptedException {
        if (Files.exists(started.session().record().project().resolve(".mcp.json"))) {
            console.say(
                    Tone.QUIET,
                    "The project's .mcp.json is not followed; MCP servers come from your own"
                            + " configuration (docs/mcp.md)");
        }
        return program.application().agent(started, model, settings, new McpLines());
    }

    private final class McpLines implements McpListener {
        @Override
        public void outside(String line) {
            console.say(Tone.BAD, line);
        }

        @Override
        public void ready(String line) {
            console.say(Tone.QUIET, line);
        }

        @Override
        public void trouble(String line) {
            console.say(Tone.WARNING, line);
        }
    }

    /**
     * Ends the sandbox, tells what changed, applies it as the settings say, and writes the report.
     *
     * @param outcome how the work ended
     */
    SessionReport end(Started started, Work work, Outcome outcome)
            throws IOException, InterruptedException {
        var session = started.session();
        var checkpoints = session.history().checkpoints();
        session.close();
        console.say(Tone.QUIET, cleanedUp(started));
        var record = session.record();
        var summary = new Summary(console, record);
        try (var delivery = program.application().delivery(record)) {
            var changes = delivery.reports();
            summary.tell(changes);
            var result =
                    outcome == Outcome.INTERRUPTED
                            ? DeliveryResult.idle(DeliveryResult.Status.NOT_REQUESTED)
                            : new ApplyDecision(console, program.questions(), delivery)
                                    .decide(settings.apply());
            summary.tell(result);
            var timings = new SessionReport.Timings(started.startMillis(), work.firstExecMillis());
            var report =
                    new SessionReport(
                            record,
                            work.limit(),
                            work.text(),
                            work.calls(),
                            checkpoints,
                            changes,
                            result,
                            work.usage(),
                            timings);
            write(report);
            program.application().tidy(settings).forEach(line -> console.say(Tone.QUIET, line));
            return report;
        }
    }

    private String cleanedUp(Started started) {
        var where = started.session().record().backend().title();
        return options.keep()
                ? "Ended the %s sandbox; the workspace stays in %s"
                        .formatted(where, started.folder().workspace())
                : "Ended the %s sandbox and removed its workspace".formatted(where);
    }

    /** A place for the report that cannot be is told before the work, not after it. */
    private void checkReport() {
        var file = reportFile().filter(it -> !canBeWritten(it));
        if (file.isPresent()) {
            throw ConfigurationException.noPlaceForReport(file.get());
        }
    }

    private static boolean canBeWritten(Path file) {
        var folder = file.toAbsolutePath().getParent();
        return Files.exists(file)
                ? Files.isWritable(file) && !Files.isDirectory(file)
                : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
    }

    private void write(SessionReport report) throws IOException {
        var file = reportFile();
        if (file.isPresent()) {
            Files.writeString(file.get(), ReportJson.text(ReportJson.report(report)) + "\n");
        }
    }

    private Optional<Path> reportFile() {
        return options.report()
                .map(name -> program.surroundings().places().workingFolder().resolve(name))
                .map(Path::toAbsolutePath);
    }

    /** All names, or the first of very many and how many more there are. */
    static String listed(List<String> names) {
        int more = names.size() - MOST_NAMES;
        return more <= 0
                ? String.join(", ", names)
                : "%s and %d more".formatted(String.join(", ", names.subList(0, MOST_NAMES)), more);
    }
}
