package dev.safecoder.review;

import dev.safecoder.change.TextChange;
import java.io.IOException;
import java.util.EnumMap;

/**
 * How many files of a review are accepted, at least in part, rejected, and undecided, at least in
 * part.
 */
public record ReviewCounts(int accepted, int rejected, int undecided) {
    static ReviewCounts of(Review review) throws IOException {
        var counts = new EnumMap<Verdict, Integer>(Verdict.class);
        for (var file : review.files()) {
            counts.merge(overall(file, review), 1, Integer::sum);
        }
        return new ReviewCounts(
                counts.getOrDefault(Verdict.ACCEPT, 0),
                counts.getOrDefault(Verdict.REJECT, 0),
                counts.getOrDefault(Verdict.UNDECIDED, 0));
    }

    private static Verdict overall(FileReview file, Review review) throws IOException {
        if (file.hunks().isEmpty()) {
            return file.verdict();
        }
        var text = TextChange.of(file.change(), review.changes().blobs());
        var verdicts =
                text.hunks().stream()
                        .flatMap(hunk -> text.split(hunk).stream())
                        .map(part -> file.verdict(text, part))
                        .toList();
        if (verdicts.contains(Verdict.UNDECIDED)) {
            return Verdict.UNDECIDED;
        }
        return verdicts.contains(Verdict.ACCEPT) ? Verdict.ACCEPT : Verdict.REJECT;
    }
}
