package dev.safecoder.review;

import dev.safecoder.change.Change;
import dev.safecoder.change.Edit;
import dev.safecoder.change.Hunk;
import dev.safecoder.change.TextChange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One change with what speaks against it and what the user decided.
 *
 * @param verdict holds for every hunk that has none of its own, and for everything that is no text
 * @param hunks the verdicts of hunks by their ids, those of split ones included
 */
public record FileReview(
        Change change, List<Risk> risks, Verdict verdict, Map<String, Verdict> hunks) {
    public FileReview {
        risks = List.copyOf(risks);
        hunks = Map.copyOf(hunks);
        if (!hunks.isEmpty() && change.content() != Change.Content.TEXT) {
            throw new IllegalArgumentException("'%s' has no hunks".formatted(change.path()));
        }
    }

    /** Whether the change needs its own confirmation. */
    public boolean isFlagged() {
        return !risks.isEmpty();
    }

    /** Its state before the user decides: accepted when no risk speaks against it. */
    static FileReview fresh(Change change, List<Risk> risks) {
        return new FileReview(change, risks, fresh(risks), Map.of());
    }

    private static Verdict fresh(List<Risk> risks) {
        return risks.isEmpty() ? Verdict.ACCEPT : Verdict.UNDECIDED;
    }

    boolean isAsFound() {
        return hunks.isEmpty() && verdict == fresh(risks);
    }

    /** The same with one verdict for all of it. */
    public FileReview decide(Verdict all) {
        return new FileReview(change, risks, all, Map.of());
    }

    /** The same with another verdict for one hunk. */
    FileReview decide(TextChange text, Hunk hunk, Verdict hunkVerdict) {
        var decided = new HashMap<>(hunks);
        // verdicts are kept for single edits, so that a hunk and its parts cannot contradict
        for (var part : text.split(hunk)) {
            decided.put(part.id(), hunkVerdict);
        }
        return new FileReview(change, risks, verdict, decided);
    }

    /** What holds for a hunk: undecided, too, when its parts differ. */
    public Verdict verdict(TextChange text, Hunk hunk) {
        var parts =
                text.split(hunk).stream()
                        .map(part -> hunks.getOrDefault(part.id(), verdict))
                        .distinct()
                        .toList();
        return parts.size() == 1 ? parts.getFirst() : Verdict.UNDECIDED;
    }

    /** The accepted edits of the text. */
    public Set<Edit> accepted(TextChange text) {
        var accepted = new HashSet<Edit>();
        for (var hunk : text.hunks()) {
            for (var part : text.split(hunk)) {
                if (hunks.getOrDefault(part.id(), verdict) == Verdict.ACCEPT) {
                    accepted.addAll(part.edits());
                }
            }
        }
        return accepted;
    }
}
