package dev.safecoder.cli;

import dev.safecoder.review.ReviewCounts;
import dev.safecoder.review.ReviewFile;
import dev.safecoder.session.SessionFolder;
import dev.safecoder.session.SessionRecord;
import java.io.IOException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the sessions of this user, newest first. */
@Command(
        name = "ls",
        description = "List the sessions: id, project, backend, state, changes, size.",
        footer = {"", "Example: safe-coder ls --json"})
final class LsCommand implements Callable<Integer> {
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final Program program;

    @Mixin private final HelpOption help = new HelpOption();

    @Option(names = "--trash", description = "The sessions in the trash instead.")
    private boolean trash;

    @Option(names = "--json", description = "Print an array of session objects.")
    private boolean json;

    LsCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws Exception {
        program.recover();
        var sessions = program.application().sessions();
        var all = trash ? sessions.trash().all() : sessions.all();
        ToLongFunction<SessionRecord> bytes = trash ? sessions.trash()::bytes : sessions::bytes;
        if (json) {
            var array = ReportJson.array();
            for (var record : all) {
                var session = ReportJson.session(record).put("bytes", bytes.applyAsLong(record));
                review(record).ifPresent(counts -> ReportJson.review(session, counts));
                array.add(session);
            }
            program.console().result(ReportJson.text(array));
            return ExitCode.DONE;
        }
        if (all.isEmpty()) {
            program.console()
                    .say(
                            trash
                                    ? "The trash is empty."
                                    : "There are no sessions yet. Try: safe-coder demo");
        }
        for (var record : all) {
            program.console()
                    .result(
                            line(record, bytes.applyAsLong(record))
                                    + review(record).map(LsCommand::mark).orElse(""));
        }
        return ExitCode.DONE;
    }

    /** What was saved last of its review, if anything was. */
    private Optional<ReviewCounts> review(SessionRecord record) throws IOException {
        var sessions = program.application().sessions();
        SessionFolder folder =
                trash ? sessions.trash().folder(record) : sessions.folder(record.id());
        return new ReviewFile(folder.review()).counts();
    }

    private static String mark(ReviewCounts counts) {
        return "  (reviewed: %d accepted, %d rejected, %d undecided)"
                .formatted(counts.accepted(), counts.rejected(), counts.undecided());
    }

    private static String line(SessionRecord record, long bytes) {
        return "%s  %6.1f MB  %s".formatted(line(record), bytes / 1e6, record.project());
    }

    /** A session of a project that is known. */
    static String line(SessionRecord record) {
        return "%s  %s  %-11s  %-10s  %4d changed"
                .formatted(
                        record.id(),
                        WHEN.format(record.created().atZone(ZoneId.systemDefault())),
                        record.outcome(),
                        record.backend(),
                        record.changes());
    }
}
