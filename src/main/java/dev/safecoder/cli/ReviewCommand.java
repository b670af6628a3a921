package dev.safecoder.cli;

import dev.safecoder.app.Delivery;
import dev.safecoder.app.PathFilter;
import dev.safecoder.change.BlobSource;
import dev.safecoder.change.TextChange;
import dev.safecoder.cli.Console.Tone;
import dev.safecoder.review.FileReview;
import dev.safecoder.review.Review;
import dev.safecoder.review.ReviewWalk;
import dev.safecoder.review.Verdict;
import dev.safecoder.session.SessionRecord;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Accepts and rejects a session's changes; the verdicts stay with the session. */
@Command(
        name = "review",
        description = {
            "Accept or reject a session's changes, by file and by hunk.",
            "On a terminal full screen with the keys of `git add -p`, elsewhere by options. The verdicts are"
                    + " kept, and `safe-coder apply` follows them; what is left undecided is"
                    + " applied when it is not flagged."
        },
        footer = {
            "",
            "Example: safe-coder review",
            "         safe-coder review --accept-all --reject src/a.py:3f2a --json"
        })
final class ReviewCommand implements Callable<Integer> {
    private final Program program;

    @Mixin private final HelpOption help = new HelpOption();
    @Mixin private final SessionArgument session = new SessionArgument();
    @Mixin private final WrittenVerdicts verdicts = new WrittenVerdicts();

    @Option(names = "--no-tui", description = "Ask line by line also on a terminal that can more.")
    private boolean plain;

    @Option(names = "--json", description = "Print the files with their hunks and verdicts.")
    private boolean json;

    ReviewCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws Exception {
        program.recover();
        var record = session.find(program);
        try (var delivery = program.application().delivery(record)) {
            var filter = session.filter(delivery.changes());
            var found = delivery.review();
            boolean asks = verdicts.isEmpty() && !json && program.console().isTerminal();
            var review = asks ? ask(delivery, found, filter) : decide(delivery, found, filter);
            var meant = meant(review, filter);
            if (json) {
                new ReviewJson(program.console()).print(record, meant, review.changes().blobs());
            } else {
                var listed = !asks && verdicts.isEmpty();
                tell(record, meant, new Report(listed, review.changes().blobs()));
            }
        }
        return ExitCode.DONE;
    }

    private static List<FileReview> meant(Review review, PathFilter filter) {
        return review.files().stream().filter(file -> filter.takes(file.change())).toList();
    }

    private Review decide(Delivery delivery, Review found, PathFilter filter) throws IOException {
        var decided = verdicts.over(found, filter::takes);
        if (!verdicts.isEmpty()) {
            delivery.save(decided);
        }
        return decided;
    }

    /** Ctrl-C ends it like the end of input: what was decided is kept, nothing is applied. */
    private Review ask(Delivery delivery, Review found, PathFilter filter)
            throws IOException, InterruptedException {
        var meant = meant(found, filter).stream().map(FileReview::change).toList();
        if (meant.isEmpty()) {
            return found;
        }
        var console = program.console();
        var walk = new ReviewWalk(found, meant, delivery::save);
        var screen = program.wholeScreen().filter(_ -> !plain);
        if (screen.isEmpty() || !screen.get().review(walk)) {
            new ReviewDialogue(console, program.questions(), walk).run();
        }
        return walk.review();
    }

    private void tell(SessionRecord record, List<FileReview> files, Report report)
            throws IOException {
        var console = program.console();
        if (files.isEmpty()) {
            console.say("There is nothing to review.");
            return;
        }
        var counts = new EnumMap<Verdict, Integer>(Verdict.class);
        int inParts = 0;
        for (var file : files) {
            var verdict = overall(file, report.blobs());
            if (verdict.isPresent()) {
                counts.merge(verdict.get(), 1, Integer::sum);
            } else {
                inParts++;
            }
            if (report.listed()) {
                console.result(line(file, verdict.map(ReviewCommand::text).orElse("in parts")));
            }
        }
        console.say(
                Tone.STRONG,
                "%s: %d accepted, %d rejected, %d in parts, %d undecided (write them with `safe-coder apply %s`)"
                        .formatted(
                                Summary.counted(files.size(), "changed file"),
                                counts.getOrDefault(Verdict.ACCEPT, 0),
                                counts.getOrDefault(Verdict.REJECT, 0),
                                inParts,
                                counts.getOrDefault(Verdict.UNDECIDED, 0),
                                record.id()));
    }

    /** What is said at the end, and where contents are read. */
    private record Report(boolean listed, BlobSource blobs) {}

    /** One verdict for the file; empty when its hunks differ. */
    private static Optional<Verdict> overall(FileReview file, BlobSource blobs) throws IOException {
        if (file.hunks().isEmpty()) {
            return Optional.of(file.verdict());
        }
        return file.overall(TextChange.of(file.change(), blobs));
    }

    private static String line(FileReview file, String verdict) {
        var flags =
                file.risks().stream()
                        .map(risk -> risk.flag().toString())
                        .distinct()
                        .collect(Collectors.joining(", "));
        return "%-9s  %-12s  %s%s"
                .formatted(
                        verdict,
                        file.change().kind().words(),
                        PathText.shown(file.change().path().bytes()),
                        flags.isEmpty() ? "" : "  [%s]".formatted(flags));
    }

    private static String text(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
