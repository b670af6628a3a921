package dev.safecoder.cli;

import dev.safecoder.change.Change;
import dev.safecoder.change.Hunk;
import dev.safecoder.change.TextChange;
import dev.safecoder.review.FileReview;
import dev.safecoder.review.Review;
import dev.safecoder.review.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Verdicts that are given by options: of everything first, then of single files and hunks. */
final class WrittenVerdicts {
    @Spec(Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--accept",
            paramLabel = "PATH[:HUNK]",
            description = "Accept a file, flagged or not, or one hunk of it by its id.")
    private List<String> accepted = List.of();

    @Option(
            names = "--reject",
            paramLabel = "PATH[:HUNK]",
            description = "Reject a file, or one hunk of it by its id.")
    private List<String> rejected = List.of();

    @Option(names = "--accept-all", description = "Accept every file that is not flagged.")
    private boolean all;

    @Option(names = "--flagged", description = "With --accept-all: the flagged ones, too.")
    private boolean flagged;

    /** Whether there is none. */
    boolean isEmpty() {
        return !all && accepted.isEmpty() && rejected.isEmpty();
    }

    /** The review with them. */
    Review over(Review review, PathTaker meant) throws IOException {
        if (flagged && !all) {
            throw misused("--flagged needs --accept-all");
        }
        var decided =
                all
                        ? review.decideAll(
                                file ->
                                        meant.takes(file.change())
                                                && (flagged || !file.needsConfirmation()),
                                Verdict.ACCEPT)
                        : review;
        for (var target : accepted) {
            decided = decide(decided, target, Verdict.ACCEPT);
        }
        for (var target : rejected) {
            decided = decide(decided, target, Verdict.REJECT);
        }
        return decided;
    }

    /** Which changes {@code --accept-all} is about. */
    @FunctionalInterface
    interface PathTaker {
        boolean takes(Change change);
    }

    private Review decide(Review review, String target, Verdict verdict) throws IOException {
        var whole = find(review, target);
        if (whole.isPresent()) {
            return review.decide(whole.get().change().path(), verdict);
        }
        int colon = target.lastIndexOf(':');
        var file = colon < 0 ? whole : find(review, target.substring(0, colon));
        if (file.isEmpty()) {
            throw misused("There is no change at '%s'".formatted(target));
        }
        var change = file.get().change();
        if (change.content() != Change.Content.TEXT) {
            throw misused("'%s' has no hunks".formatted(target.substring(0, colon)));
        }
        var text = TextChange.of(change, review.changes().blobs());
        var hunk = hunk(text, target.substring(colon + 1), target);
        return review.decide(change.path(), text, hunk, verdict);
    }

    private static Optional<FileReview> find(Review review, String written) {
        return review.files().stream()
                .filter(file -> PathText.shown(file.change().path().bytes()).equals(written))
                .findFirst();
    }

    /** By the whole id or the beginning of one, of a hunk or of a part of one. */
    private Hunk hunk(TextChange text, String id, String target) {
        var found = new ArrayList<Hunk>();
        for (var hunk : text.hunks()) {
            if (hunk.id().startsWith(id)) {
                found.add(hunk);
            } else {
                text.split(hunk).stream()
                        .filter(part -> part.id().startsWith(id))
                        .forEach(found::add);
            }
        }
        if (found.size() != 1 || id.isEmpty()) {
            throw misused(
                    "'%s' names %s (see `safe-coder review --json`)"
                            .formatted(target, found.isEmpty() ? "no hunk" : "several hunks"));
        }
        return found.getFirst();
    }

    private ParameterException misused(String what) {
        if (command == null) {
            throw new IllegalStateException("picocli has not set up this mixin");
        }
        return new ParameterException(command.commandLine(), what);
    }
}
