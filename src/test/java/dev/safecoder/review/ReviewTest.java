package dev.safecoder.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.safecoder.change.TextChange;
import dev.safecoder.path.RelativePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewTest {
    private static final String BEFORE = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n";
    private static final String AFTER =
            "one\n2\nthree\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\nlast\n";
    private static final RelativePath PATH = RelativePath.of("a.txt");

    private final ScriptedChange change = new ScriptedChange("a.txt").from(BEFORE).to(AFTER);

    private static FileReview at(Review review) {
        return review.file(PATH).orElseThrow();
    }

    private TextChange text() throws IOException {
        return TextChange.of(change.change(), change);
    }

    @Test
    void what_no_risk_speaks_against_is_accepted_and_the_rest_is_undecided() throws IOException {
        assertThat(at(Review.of(change.alone())).verdict()).isEqualTo(Verdict.ACCEPT);

        var risky = new ScriptedChange("Makefile").from("").to("all:\n").alone();
        assertThat(Review.of(risky).files())
                .allMatch(file -> !file.risks().isEmpty() && file.verdict() == Verdict.UNDECIDED);
    }

    @Test
    void a_hunk_is_decided_apart_from_its_file() throws IOException {
        var text = text();
        var hunks = text.hunks();
        var review = Review.of(change.alone()).decide(PATH, text, hunks.get(1), Verdict.REJECT);

        assertThat(at(review).verdict(text, hunks.get(0))).isEqualTo(Verdict.ACCEPT);
        assertThat(at(review).verdict(text, hunks.get(1))).isEqualTo(Verdict.REJECT);
        assertThat(new String(text.accepting(at(review).accepted(text))))
                .isEqualTo(AFTER.replace("last", "15"));
    }

    @Test
    void the_parts_of_a_split_hunk_are_decided_apart() throws IOException {
        var text = text();
        var first = text.hunks().getFirst();
        var parts = text.split(first);
        var review = Review.of(change.alone()).decide(PATH, text, parts.get(0), Verdict.REJECT);

        assertThat(at(review).verdict(text, first)).isEqualTo(Verdict.UNDECIDED);
        assertThat(new String(text.accepting(at(review).accepted(text))))
                .isEqualTo(AFTER.replace("one", "1"));

        var whole = review.decide(PATH, text, first, Verdict.ACCEPT);
        assertThat(at(whole).verdict(text, parts.get(0))).isEqualTo(Verdict.ACCEPT);
    }

    @Test
    void a_verdict_on_the_file_replaces_those_on_its_hunks() throws IOException {
        var text = text();
        var review =
                Review.of(change.alone())
                        .decide(PATH, text, text.hunks().getFirst(), Verdict.REJECT)
                        .decide(PATH, Verdict.ACCEPT);

        assertThat(at(review).hunks()).isEqualTo(Map.of());
    }

    @Test
    void a_path_without_a_change_cannot_be_decided() throws IOException {
        var review = Review.of(change.alone());

        assertThatThrownBy(() -> review.decide(RelativePath.of("b"), Verdict.ACCEPT))
                .isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void decisions_are_saved_for_their_contents_and_no_others(@TempDir Path folder)
            throws IOException {
        var file = new ReviewFile(folder.resolve("review.json"));
        var text = text();
        var review =
                Review.of(change.alone())
                        .decide(PATH, Verdict.REJECT)
                        .decide(PATH, text, text.hunks().getFirst(), Verdict.ACCEPT);
        file.save(review);

        var loaded = file.load(Review.of(change.alone()));
        assertThat(List.copyOf(loaded.files())).isEqualTo(List.copyOf(review.files()));

        var other = new ScriptedChange("a.txt").from(BEFORE).to(AFTER + "more\n").alone();
        assertThat(at(file.load(Review.of(other))).verdict()).isEqualTo(Verdict.ACCEPT);
    }

    @Test
    void the_counts_are_saved_and_need_no_changes(@TempDir Path folder) throws IOException {
        var file = new ReviewFile(folder.resolve("review.json"));
        assertThat(file.counts()).isEmpty();
        var text = text();
        var fresh = Review.of(change.alone());
        file.save(fresh);
        assertThat(file.counts()).contains(new ReviewCounts(1, 0, 0));

        file.save(fresh.decide(PATH, text, text.hunks(), Verdict.REJECT));
        assertThat(file.counts()).contains(new ReviewCounts(0, 1, 0));

        var one = fresh.decide(PATH, text, text.hunks().getFirst(), Verdict.REJECT);
        file.save(one);
        assertThat(file.counts()).contains(new ReviewCounts(1, 0, 0));

        file.save(one.decide(PATH, text, text.hunks().getLast(), Verdict.UNDECIDED));
        assertThat(file.counts()).contains(new ReviewCounts(0, 0, 1));
    }

    @Test
    void a_review_that_was_saved_without_counts_has_none(@TempDir Path folder) throws IOException {
        var path = folder.resolve("review.json");
        Files.writeString(path, "{\"version\":1,\"files\":[]}");

        assertThat(new ReviewFile(path).counts()).isEmpty();
    }

    @Test
    void a_damaged_or_missing_file_decides_nothing(@TempDir Path folder) throws IOException {
        var path = folder.resolve("review.json");
        var fresh = Review.of(change.alone());
        assertThat(List.copyOf(new ReviewFile(path).load(fresh).files()))
                .isEqualTo(List.copyOf(fresh.files()));

        Files.writeString(path, "{\"version\":1,\"files\":[{\"key\":");
        assertThat(List.copyOf(new ReviewFile(path).load(fresh).files()))
                .isEqualTo(List.copyOf(fresh.files()));
    }

    @Test
    void the_saved_file_is_for_its_owner_only(@TempDir Path folder) throws IOException {
        var path = folder.resolve("review.json");
        new ReviewFile(path).save(Review.of(change.alone()).decide(PATH, Verdict.REJECT));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
    }
}
