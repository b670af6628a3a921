package dev.safecoder.review;

import dev.safecoder.change.ChangeSet;
import dev.safecoder.change.Hunk;
import dev.safecoder.change.TextChange;
import dev.safecoder.path.RelativePath;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The decisions about one change set. Immutable; a decision holds for the contents that it was made
 * for and for no others.
 */
public final class Review {
    private final ChangeSet changes;
    private final Map<RelativePath, FileReview> files;

    private Review(ChangeSet changes, Map<RelativePath, FileReview> files) {
        this.changes = changes;
        this.files = Collections.unmodifiableMap(files);
    }

    /**
     * Nothing decided by the user yet: what is no link and no risk speaks against is accepted, the
     * rest is undecided. Reads the new contents of the files that may be risky.
     */
    public static Review of(ChangeSet changes) throws IOException {
        var files = new TreeMap<RelativePath, FileReview>();
        var risks = new Risks(changes.blobs());
        for (var change : changes.changes()) {
            files.put(change.path(), FileReview.fresh(change, risks.of(change)));
        }
        return new Review(changes, files);
    }

    /** The changes that it is about. */
    public ChangeSet changes() {
        return changes;
    }

    /** Every change with its decision, by path. */
    public Collection<FileReview> files() {
        return files.values();
    }

    /** The change at a path. */
    public Optional<FileReview> file(RelativePath path) {
        return Optional.ofNullable(files.get(path));
    }

    /**
     * The same with one verdict for all of a file.
     *
     * @throws NoSuchElementException when no change is at the path
     */
    public Review decide(RelativePath path, Verdict verdict) {
        return with(file(path).orElseThrow().decide(verdict));
    }

    /**
     * The same with another verdict for one hunk, or for a part that it was split into.
     *
     * @param text the change at the path
     * @throws NoSuchElementException when no change is at the path
     */
    public Review decide(RelativePath path, TextChange text, Hunk hunk, Verdict verdict) {
        return decide(path, text, List.of(hunk), verdict);
    }

    /** The same with another verdict for several hunks, or parts, of one file. */
    public Review decide(RelativePath path, TextChange text, List<Hunk> hunks, Verdict verdict) {
        return with(file(path).orElseThrow().decide(text, hunks, verdict));
    }

    /** The same with one verdict for every file that the condition holds for. */
    public Review decideAll(Predicate<FileReview> condition, Verdict verdict) {
        var decided = new TreeMap<>(files);
        decided.replaceAll((_, file) -> condition.test(file) ? file.decide(verdict) : file);
        return new Review(changes, decided);
    }

    /** The same with a verdict for whatever is undecided in the files that the condition takes. */
    public Review settle(Predicate<FileReview> condition, Verdict verdict) {
        var settled = new TreeMap<>(files);
        settled.replaceAll((_, file) -> condition.test(file) ? file.settle(verdict) : file);
        return new Review(changes, settled);
    }

    Review with(FileReview file) {
        var decided = new TreeMap<>(files);
        decided.put(file.change().path(), file);
        return new Review(changes, decided);
    }
}
