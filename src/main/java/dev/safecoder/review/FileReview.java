package dev.safecoder.review;

import dev.safecoder.change.Change;
import dev.safecoder.change.Edit;
import dev.safecoder.change.Hunk;
import dev.safecoder.change.TextChange;
import dev.safecoder.change.TreeEntry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** Its state before the user decides: accepted when it is no link and no risk speaks up. */
    static FileReview fresh(Change change, List<Risk> risks) {
        return new FileReview(change, risks, byDefault(change, risks), Map.of());
    }

    private static Verdict byDefault(Change change, List<Risk> risks) {
        boolean isLink =
                change.after().filter(entry -> entry.type() == TreeEntry.Type.SYMLINK).isPresent();
        return risks.isEmpty() && !isLink ? Verdict.ACCEPT : Verdict.UNDECIDED;
    }

    /** Whether it is accepted only by a word of its own. */
    public boolean needsConfirmation() {
        return byDefault(change, risks) == Verdict.UNDECIDED;
    }

    /** Whether nothing differs from what holds without a decision. */
    public boolean isAsFound() {
        return hunks.isEmpty() && verdict == byDefault(change, risks);
    }

    /** The same with one verdict for all of it. */
    public FileReview decide(Verdict all) {
        return new FileReview(change, risks, all, Map.of());
    }

    /** The same with a verdict for whatever of it is undecided. */
    FileReview settle(Verdict open) {
        var settled = new HashMap<>(hunks);
        settled.replaceAll((_, found) -> found == Verdict.UNDECIDED ? open : found);
        return new FileReview(
                change, risks, verdict == Verdict.UNDECIDED ? open : verdict, settled);
    }

    /** The same with another verdict for some hunks. */
    FileReview decide(TextChange text, List<Hunk> some, Verdict hunkVerdict) {
        var decided = new HashMap<>(hunks);
        // verdicts are kept for single edits, so that a hunk and its parts cannot contradict
        for (var hunk : some) {
            text.split(hunk).forEach(part -> decided.put(part.id(), hunkVerdict));
        }
        return new FileReview(change, risks, verdict, decided);
    }

    /** Whether the user decided on all of a hunk, alone or with its file. */
    public boolean isDecided(TextChange text, Hunk hunk) {
        return hunks.isEmpty()
                ? !isAsFound()
                : text.split(hunk).stream().allMatch(part -> hunks.containsKey(part.id()));
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

    /** One verdict for all of the text; empty when its edits differ. */
    public Optional<Verdict> overall(TextChange text) {
        var verdicts =
                text.hunks().stream()
                        .flatMap(hunk -> text.split(hunk).stream())
                        .map(part -> hunks.getOrDefault(part.id(), verdict))
                        .distinct()
                        .limit(2)
                        .toList();
        return verdicts.size() == 1 ? Optional.of(verdicts.getFirst()) : Optional.empty();
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
