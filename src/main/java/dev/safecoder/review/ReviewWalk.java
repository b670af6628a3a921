package dev.safecoder.review;

import dev.safecoder.change.Change;
import dev.safecoder.change.TextChange;
import dev.safecoder.text.ShownLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Somebody's way through a review: where they are and what they decide there. Every verdict is kept
 * as soon as it is given, so that an end of any kind loses none.
 */
public final class ReviewWalk {
    private final Keeper keeper;
    private final ReviewPlace place;
    private Review review;

    /** Where verdicts are kept. */
    @FunctionalInterface
    public interface Keeper {
        void keep(Review review) throws IOException;
    }

    /**
     * Begins at the first change.
     *
     * @param meant the changes to go through, at least one
     */
    public ReviewWalk(Review review, List<Change> meant, Keeper keeper) throws IOException {
        this.review = review;
        this.keeper = keeper;
        this.place = new ReviewPlace(meant, review.changes().blobs());
    }

    public ReviewPlace place() {
        return place;
    }

    /** What is decided by now. */
    public Review review() {
        return review;
    }

    /** The current change with its decisions. */
    public FileReview file() {
        return file(place.change());
    }

    /** One of the changes with its decisions. */
    public FileReview file(Change change) {
        return review.file(change.path()).orElseThrow();
    }

    /** Goes to where the last review ended; false, and at the first, when all is decided. */
    public boolean toFirstOpen() throws IOException {
        while (isDecided()) {
            if (!place.next()) {
                place.toFirst();
                return false;
            }
        }
        return true;
    }

    /** Whether the user decided on the current hunk, or on the change that has none. */
    public boolean isDecided() {
        return place.text()
                .map(text -> file().isDecided(text, place.hunk()))
                .orElse(!file().isAsFound());
    }

    /** What holds for the current hunk, or for the change that has none. */
    public Verdict verdict() {
        return place.text()
                .map(text -> file().verdict(text, place.hunk()))
                .orElse(file().verdict());
    }

    /** Decides on the current hunk and goes on; false when it was the last. */
    public boolean decide(Verdict verdict) throws IOException {
        var path = place.change().path();
        keep(
                place.text().isPresent()
                        ? review.decide(path, place.text().get(), place.hunk(), verdict)
                        : review.decide(path, verdict));
        return place.next();
    }

    /** Decides on the rest of the file and goes on to the next; false when it was the last. */
    public boolean decideRest(Verdict verdict) throws IOException {
        var path = place.change().path();
        keep(
                place.text().isPresent()
                        ? review.decide(path, place.text().get(), place.rest(), verdict)
                        : review.decide(path, verdict));
        return place.nextFile();
    }

    private void keep(Review decided) throws IOException {
        keeper.keep(decided);
        review = decided;
    }

    /** What the current change is: its kind and its path, not encoded. */
    public String title() {
        var change = place.change();
        return "%s  %s%s"
                .formatted(
                        change.kind().words(),
                        change.from().map(from -> from.shown() + " → ").orElse(""),
                        change.path().shown());
    }

    /** Why the current change needs a word of its own, with the lines that show it, not encoded. */
    public List<String> reasons() {
        var reasons = new ArrayList<String>();
        for (var risk : file().risks()) {
            reasons.add("%s: %s".formatted(risk.flag(), risk.reason()));
            place.text().ifPresent(text -> addLines(reasons, risk, text));
        }
        return reasons;
    }

    private static void addLines(List<String> reasons, Risk risk, TextChange text) {
        for (int line : risk.lines()) {
            try (var shown =
                    new ShownLines(
                            found -> reasons.add("  line %d: %s".formatted(line, found.strip())))) {
                var bytes = text.afterBytes(line - 1, line);
                shown.write(bytes, 0, bytes.length);
            }
        }
    }

    /** What the current change leaves, where there are no lines to show. */
    public String size() {
        return place.change()
                .after()
                .map(
                        after ->
                                "%s of %d bytes, %s"
                                        .formatted(
                                                after.type().name().toLowerCase(Locale.ROOT),
                                                after.size(),
                                                after.blob().hex()))
                .orElse("it goes");
    }
}
