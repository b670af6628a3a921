package dev.safecoder.app;

import dev.safecoder.app.DeliveryResult.Obstacle;
import dev.safecoder.app.DeliveryResult.Status;
import dev.safecoder.apply.Applier;
import dev.safecoder.apply.ApplyOutcome;
import dev.safecoder.apply.ApplyOutcome.Trouble;
import dev.safecoder.apply.ApplyPreview;
import dev.safecoder.apply.ApplyRequest;
import dev.safecoder.apply.Links;
import dev.safecoder.apply.Resolution;
import dev.safecoder.change.Change;
import dev.safecoder.change.ChangeSet;
import dev.safecoder.change.PathState;
import dev.safecoder.change.TextChange;
import dev.safecoder.change.TreeComparison;
import dev.safecoder.history.History;
import dev.safecoder.history.NewBranch;
import dev.safecoder.history.ProjectRepository;
import dev.safecoder.path.RelativePath;
import dev.safecoder.review.FileReview;
import dev.safecoder.review.Review;
import dev.safecoder.review.ReviewFile;
import dev.safecoder.review.Risk;
import dev.safecoder.review.Verdict;
import dev.safecoder.session.SessionFolder;
import dev.safecoder.session.SessionRecord;
import dev.safecoder.workspace.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
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
    private final ReviewFile verdicts;
    private final ChangeSet changes;

    /**
     * Which of the changes; what was rejected in a review is none of them.
     *
     * @param step the last step whose changes are meant; empty for all
     * @param resolutions what to do about conflicts, by path
     */
    public record Selection(
            Flagged flagged,
            PathFilter filter,
            Optional<Integer> step,
            Map<RelativePath, Resolution> resolutions) {
        /** Everything that was accepted, or that nothing speaks against. */
        public static final Selection UNFLAGGED = new Selection(Flagged.NOT, PathFilter.ALL);

        /** Everything that was not rejected. */
        public static final Selection ALL = new Selection(Flagged.TOO, PathFilter.ALL);

        public Selection {
            resolutions = Map.copyOf(resolutions);
        }

        /** Of all steps, conflicts left as they are. */
        public Selection(Flagged flagged, PathFilter filter) {
            this(flagged, filter, Optional.empty(), Map.of());
        }

        /** Whether flagged changes without a verdict are meant, too. */
        public enum Flagged {
            NOT,
            TOO
        }
    }

    /**
     * What an apply would do.
     *
     * @param merged the files that are merged with the user's own changes, from what the project
     *     holds to what it would hold
     */
    public record Planned(DeliveryResult result, ChangeSet merged) {}

    /**
     * What came of the wish for a commit.
     *
     * @param commit its id; empty when none was made
     */
    public record OnBranch(Planned planned, Optional<String> commit) {}

    Delivery(SessionRecord record, SessionFolder folder, Applier applier) throws IOException {
        this.record = record;
        this.applier = applier;
        this.applied = new AppliedLog(folder);
        this.verdicts = new ReviewFile(folder.review());
        this.history = History.view(folder.history());
        this.changes = history.changes(0, last());
    }

    /** The number of the newest step. */
    public int last() {
        return history.checkpoints().getLast().step();
    }

    /** Everything that the session changed, whether it has been applied or not. */
    public List<Change> changes() {
        return changes.changes();
    }

    /** The same with what speaks against each. */
    public List<ChangeReport> reports() throws IOException {
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

    /** What is still to be written, with the verdicts that were saved. */
    public Review review() throws IOException {
        return verdicts.load(Review.of(remaining(last())));
    }

    /** Keeps a review's verdicts for every later review and apply of the session. */
    public void save(Review review) throws IOException {
        verdicts.save(review);
    }

    /** Says what {@link #apply} would do now; nothing is written. */
    public Planned preview(Selection selection) throws IOException {
        var review = review(selection);
        var preview = applier.preview(request(review, selection));
        return new Planned(planned(preview, leftOut(review)), merged(preview));
    }

    private static DeliveryResult planned(ApplyPreview preview, List<Obstacle> left) {
        if (!preview.conflicts().isEmpty() || !preview.refused().isEmpty()) {
            return withheld(preview.conflicts(), preview.refused(), left);
        }
        var paths = preview.changes().changes().stream().map(Change::path).toList();
        return paths.isEmpty()
                ? nothing(left)
                : new DeliveryResult(Status.APPLIED, paths, List.of(), left);
    }

    private static ChangeSet merged(ApplyPreview preview) {
        var merged = new HashSet<>(preview.merged());
        return new ChangeSet(
                preview.changes().changes().stream()
                        .filter(change -> merged.contains(change.path()))
                        .toList(),
                preview.changes().blobs());
    }

    /** Writes what is selected, and remembers it for an undo before anything is written. */
    public DeliveryResult apply(Selection selection) throws IOException {
        var review = review(selection);
        var states = states(review);
        var outcome =
                applier.apply(request(review, selection), record -> applied.add(record, states));
        return result(outcome, leftOut(review));
    }

    /**
     * Commits what is selected on a new branch of the project's git repository, merged with what
     * HEAD holds; the project's files stay as they are. What was applied counts like the rest.
     *
     * @throws dev.safecoder.history.BranchException when the branch cannot be made
     */
    public OnBranch commit(Selection selection, NewBranch branch) throws IOException {
        return onBranch(selection, branch, true);
    }

    /** Says what {@link #commit} would do now; nothing is written. */
    public OnBranch previewCommit(Selection selection, NewBranch branch) throws IOException {
        return onBranch(selection, branch, false);
    }

    private OnBranch onBranch(Selection selection, NewBranch branch, boolean write)
            throws IOException {
        try (var repository = ProjectRepository.open(record.project())) {
            repository.requireNew(branch);
            var all = history.changes(0, selection.step().orElse(last()));
            var review = review(selection, all);
            var preview = applier.preview(request(review, selection), repository.committed());
            var planned = new Planned(planned(preview, leftOut(review)), merged(preview));
            return planned.result().status() == Status.APPLIED && write
                    ? new OnBranch(
                            planned, Optional.of(repository.commit(branch, preview.changes())))
                    : new OnBranch(planned, Optional.empty());
        }
    }

    /** Takes back the last apply of this session; what it was forked with is its origin's. */
    public DeliveryResult undo() throws IOException {
        var last = applied.lastOwn();
        if (last.isEmpty()) {
            return DeliveryResult.idle(Status.NOTHING);
        }
        var outcome = applier.undo(last.get().record());
        if (outcome instanceof ApplyOutcome.Applied done) {
            applier.forget(done.record()); // to apply again takes it back
        }
        return result(outcome, List.of());
    }

    private Review review(Selection selection) throws IOException {
        return review(selection, remaining(selection.step().orElse(last())));
    }

    private Review review(Selection selection, ChangeSet all) throws IOException {
        var review = verdicts.load(Review.of(selection.filter().of(all)));
        return selection.flagged() == Selection.Flagged.TOO
                ? review.settle(_ -> true, Verdict.ACCEPT)
                : review;
    }

    /** From what has been written already to a step; of a path that no step up to it touched. */
    private ChangeSet remaining(int step) throws IOException {
        var here = applied.over(new TreeMap<>(history.tree(0)));
        var remaining = TreeComparison.between(here, history.tree(step), history);
        if (step == last()) {
            return remaining;
        }
        var touched = new HashSet<RelativePath>();
        for (var change : history.changes(0, step).changes()) {
            touched.add(change.path());
            change.from().ifPresent(touched::add);
        }
        return new ChangeSet(
                remaining.changes().stream().filter(it -> touched.contains(it.path())).toList(),
                remaining.blobs());
    }

    private ApplyRequest request(Review review, Selection selection) throws IOException {
        var unknown = new TreeMap<RelativePath, String>();
        for (var change : review.changes().changes()) {
            var reason = record.unknown().get(change.path().toString());
            if (reason != null) {
                unknown.put(change.path(), reason);
            }
        }
        return new ApplyRequest(
                record.project(),
                record.id().text(),
                applied.inherited(),
                review,
                unknown,
                selection.resolutions(),
                Links.ALLOW_INSIDE, // one that nobody accepted is not among the wishes
                ApplyRequest.OnTrouble.WRITE_NOTHING);
    }

    private static List<PathState> states(Review review) throws IOException {
        var states = new ArrayList<PathState>();
        for (var file : review.files()) {
            if (!isWhole(file, review)) {
                continue; // of a file in parts, the merge itself finds what is there already
            }
            var change = file.change();
            change.from().ifPresent(from -> states.add(new PathState(from, Optional.empty())));
            states.add(new PathState(change.path(), change.after()));
        }
        return states;
    }

    private static boolean isWhole(FileReview file, Review review) throws IOException {
        if (file.hunks().isEmpty()) {
            return file.verdict() == Verdict.ACCEPT;
        }
        var text = TextChange.of(file.change(), review.changes().blobs());
        return file.accepted(text).size() == text.edits().size();
    }

    /** What waits for a decision; what was rejected does not. */
    private static List<Obstacle> leftOut(Review review) throws IOException {
        var left = new ArrayList<Obstacle>();
        for (var file : review.files()) {
            if (isOpen(file, review)) {
                var why = report(file).whyNotByDefault();
                left.add(new Obstacle(file.change().path().bytes(), why));
            }
        }
        return left;
    }

    private static boolean isOpen(FileReview file, Review review) throws IOException {
        if (file.verdict() != Verdict.UNDECIDED || file.hunks().isEmpty()) {
            return file.verdict() == Verdict.UNDECIDED;
        }
        var text = TextChange.of(file.change(), review.changes().blobs());
        return !text.hunks().stream().allMatch(hunk -> file.isDecided(text, hunk));
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
