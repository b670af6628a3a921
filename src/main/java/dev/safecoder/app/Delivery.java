package dev.safecoder.app;

import dev.safecoder.app.DeliveryResult.Obstacle;
import dev.safecoder.app.DeliveryResult.Status;
import dev.safecoder.apply.Applier;
import dev.safecoder.apply.ApplyOutcome;
import dev.safecoder.apply.ApplyOutcome.Trouble;
import dev.safecoder.apply.ApplyRecord;
import dev.safecoder.apply.ApplyRequest;
import dev.safecoder.apply.Links;
import dev.safecoder.change.Change;
import dev.safecoder.change.ChangeSet;
import dev.safecoder.change.PathState;
import dev.safecoder.change.TreeComparison;
import dev.safecoder.change.TreeEntry;
import dev.safecoder.history.History;
import dev.safecoder.path.RelativePath;
import dev.safecoder.review.FileReview;
import dev.safecoder.review.Review;
import dev.safecoder.review.Risk;
import dev.safecoder.review.Verdict;
import dev.safecoder.session.SessionFolder;
import dev.safecoder.session.SessionRecord;
import dev.safecoder.workspace.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A session's changes on their way to the project: all that are selected, or none. Needs neither
 * the sandbox nor the model that made them.
 */
public final class Delivery implements AutoCloseable {
    private final SessionRecord record;
    private final History history;
    private final AppliedLog applied;
    private final Applier applier;
    private final ChangeSet changes;

    /** Which of the changes. */
    public record Selection(Flagged flagged, PathFilter filter) {
        /** Everything that no risk speaks against. */
        public static final Selection UNFLAGGED = new Selection(Flagged.NOT, PathFilter.ALL);

        /** Everything. */
        public static final Selection ALL = new Selection(Flagged.TOO, PathFilter.ALL);

        /** Whether flagged changes are meant, too. */
        public enum Flagged {
            NOT,
            TOO
        }
    }

    Delivery(SessionRecord record, SessionFolder folder, Applier applier) throws IOException {
        this.record = record;
        this.applier = applier;
        this.applied = new AppliedLog(folder.applied());
        this.history = History.view(folder.history());
        this.changes = history.changes(0, last());
    }

    private int last() {
        return history.checkpoints().getLast().step();
    }

    /** Everything that the session changed, whether it has been applied or not. */
    public List<ChangeReport> changes() throws IOException {
        return Review.of(changes).files().stream().map(Delivery::report).toList();
    }

    private static ChangeReport report(FileReview file) {
        return new ChangeReport(
                file.change(),
                file.risks().stream().map(risk -> risk.flag().toString()).distinct().toList(),
                file.risks().stream().map(Risk::reason).toList());
    }

    /** What is in the workspace and cannot be taken out of it. */
    public List<Refusal> refusals() {
        return record.refusals();
    }

    /** Whether the session changed nothing. */
    public boolean isEmpty() {
        return changes.changes().isEmpty() && refusals().isEmpty();
    }

    /** Says what {@link #apply} would do now; nothing is written. */
    public DeliveryResult preview(Selection selection) throws IOException {
        var review = review(selection);
        var preview = applier.preview(request(review, selection));
        var paths = preview.changes().changes().stream().map(Change::path).toList();
        var left = leftOut(review);
        if (!preview.conflicts().isEmpty() || !preview.refused().isEmpty()) {
            return withheld(preview.conflicts(), preview.refused(), left);
        }
        return paths.isEmpty()
                ? nothing(left)
                : new DeliveryResult(Status.APPLIED, paths, List.of(), left);
    }

    /** Writes what is selected, and remembers it for an undo. */
    public DeliveryResult apply(Selection selection) throws IOException {
        var review = review(selection);
        var outcome = applier.apply(request(review, selection));
        if (outcome instanceof ApplyOutcome.Applied done) {
            var all = new ArrayList<>(applied.all());
            all.add(new AppliedLog.Applied(done.record().journal(), states(review)));
            applied.write(all);
        }
        return result(outcome, leftOut(review));
    }

    /** Takes back the last apply of this session. */
    public DeliveryResult undo() throws IOException {
        var all = new ArrayList<>(applied.all());
        if (all.isEmpty()) {
            return DeliveryResult.idle(Status.NOTHING);
        }
        var outcome = applier.undo(new ApplyRecord(all.removeLast().journal()));
        if (!(outcome instanceof ApplyOutcome.Withheld)) {
            applied.write(all);
        }
        return result(outcome, List.of());
    }

    /** What is still to be written, counted from what has been written already. */
    private Review review(Selection selection) throws IOException {
        var here = applied.over(new TreeMap<>(history.tree(0)));
        var remaining = TreeComparison.between(here, history.tree(last()), history);
        var review = Review.of(selection.filter().of(remaining));
        return selection.flagged() == Selection.Flagged.TOO
                ? review.decideAll(FileReview::isFlagged, Verdict.ACCEPT)
                : review.decideAll(Delivery::makesLink, Verdict.UNDECIDED);
    }

    private static boolean makesLink(FileReview file) {
        return file.change()
                .after()
                .filter(entry -> entry.type() == TreeEntry.Type.SYMLINK)
                .isPresent();
    }

    private ApplyRequest request(Review review, Selection selection) {
        var unknown = new TreeMap<RelativePath, String>();
        for (var change : review.changes().changes()) {
            var reason = record.unknown().get(change.path().toString());
            if (reason != null) {
                unknown.put(change.path(), reason);
            }
        }
        return new ApplyRequest(
                record.project(),
                review,
                unknown,
                Map.of(),
                selection.flagged() == Selection.Flagged.TOO ? Links.ALLOW_INSIDE : Links.REFUSE,
                ApplyRequest.OnTrouble.WRITE_NOTHING);
    }

    private static List<PathState> states(Review review) {
        var states = new ArrayList<PathState>();
        for (var file : review.files()) {
            if (file.verdict() != Verdict.ACCEPT || !file.hunks().isEmpty()) {
                continue; // of a file in parts, the merge itself finds what is there already
            }
            var change = file.change();
            change.from().ifPresent(from -> states.add(new PathState(from, Optional.empty())));
            states.add(new PathState(change.path(), change.after()));
        }
        return states;
    }

    private static List<Obstacle> leftOut(Review review) {
        return review.files().stream()
                .filter(file -> file.verdict() != Verdict.ACCEPT)
                .map(Delivery::report)
                .map(file -> new Obstacle(file.change().path().bytes(), file.whyNotByDefault()))
                .toList();
    }

    private static DeliveryResult result(ApplyOutcome outcome, List<Obstacle> leftOut) {
        return switch (outcome) {
            case ApplyOutcome.Applied(var paths, _, var conflicts, var refused) ->
                    new DeliveryResult(
                            Status.APPLIED,
                            paths,
                            obstacles(conflicts),
                            plus(obstacles(refused), leftOut));
            case ApplyOutcome.NothingToDo _ -> nothing(leftOut);
            case ApplyOutcome.Withheld(var conflicts, var refused) ->
                    withheld(conflicts, refused, leftOut);
            case ApplyOutcome.Busy(var holder) ->
                    DeliveryResult.refusing(
                            List.of(
                                    new Obstacle(
                                            ".".getBytes(StandardCharsets.UTF_8),
                                            "%s is writing to this project".formatted(holder))));
        };
    }

    private static DeliveryResult nothing(List<Obstacle> leftOut) {
        return leftOut.isEmpty()
                ? DeliveryResult.idle(Status.NOTHING)
                : DeliveryResult.refusing(leftOut);
    }

    private static DeliveryResult withheld(
            List<Trouble> conflicts, List<Trouble> refused, List<Obstacle> leftOut) {
        return new DeliveryResult(
                conflicts.isEmpty() ? Status.REFUSED : Status.CONFLICTS,
                List.of(),
                obstacles(conflicts),
                plus(obstacles(refused), leftOut));
    }

    private static List<Obstacle> obstacles(List<Trouble> troubles) {
        return troubles.stream()
                .map(trouble -> new Obstacle(trouble.path().bytes(), trouble.reason()))
                .toList();
    }

    private static List<Obstacle> plus(List<Obstacle> some, List<Obstacle> more) {
        var all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    @Override
    public void close() {
        history.close();
    }
}
