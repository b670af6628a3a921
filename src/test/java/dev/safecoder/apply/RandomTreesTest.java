package dev.safecoder.apply;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Comparator.comparingInt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.apply.ApplyOutcome.Applied;
import dev.safecoder.change.ChangeSet;
import dev.safecoder.change.Hunk;
import dev.safecoder.change.TextChange;
import dev.safecoder.path.RelativePath;
import dev.safecoder.review.Review;
import dev.safecoder.review.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must hold for any tree and any edits; the seed of a failure is in its message. */
class RandomTreesTest {
    private static final int ROUNDS = 60;

    @TempDir(factory = InMemory.class)
    Path folder;

    private ApplyFixture fixture(int seed, SampleTree base) throws IOException {
        return new ApplyFixture(Files.createDirectory(folder.resolve("round" + seed)), base);
    }

    @Test
    void apply_gives_the_sessions_tree_and_undo_gives_the_users() throws IOException {
        for (int seed = 0; seed < ROUNDS; seed++) {
            var random = new RandomTree(seed);
            var base = random.tree();
            var after = random.edited(base);
            var fixture = fixture(seed, base);

            var outcome = fixture.applier().apply(fixture.requestWithRenames(after));

            assertThat(fixture.host()).as("seed %d", seed).isEqualTo(after);
            if (outcome instanceof Applied applied) {
                assertThat(fixture.applier().undo(applied.record()))
                        .as("seed %d", seed)
                        .isInstanceOf(Applied.class);
            }
            assertThat(fixture.host()).as("seed %d", seed).isEqualTo(base);
        }
    }

    @Test
    void the_users_edits_survive_an_apply_and_its_undo() throws IOException {
        for (int seed = 0; seed < ROUNDS; seed++) {
            var random = new RandomTree(seed);
            var base = random.tree();
            var after = random.edited(base);
            var fixture = fixture(seed, base);
            var host = random.withFilesOfTheUser(base);
            for (var path : host.nodes().entrySet()) {
                if (!path.getValue().equals(base.nodes().get(path.getKey()))) {
                    new SampleTree()
                            .with(path.getKey(), path.getValue())
                            .writeTo(fixture.project());
                }
            }

            var request = fixture.requestWithRenames(after);
            var outcome = fixture.applier().apply(request.writingTheRest());

            var now = fixture.host();
            for (var path : host.nodes().keySet()) {
                if (!host.nodes().get(path).equals(base.nodes().get(path))) {
                    // an executable bit of the session may reach it, and a rename take it along
                    var places = Stream.of(path, renamed(path, request)).map(now.nodes()::get);
                    assertThat(places)
                            .as("seed %d: %s", seed, path)
                            .filteredOn(Objects::nonNull)
                            .extracting(SampleTree.Node::content)
                            .contains(host.content(path));
                }
            }
            if (outcome instanceof Applied applied) {
                fixture.applier().undo(applied.record());
                assertThat(fixture.host()).as("seed %d", seed).isEqualTo(host);
            }
        }
    }

    /** What the session calls a file; the same when it has kept its name. */
    private static String renamed(String path, ApplyRequest request) {
        return request.review().changes().changes().stream()
                .filter(change -> change.from().equals(Optional.of(RelativePath.of(path))))
                .map(change -> change.path().utf8().orElseThrow())
                .findFirst()
                .orElse(path);
    }

    /** A part of a hunk that the user accepts. */
    private record Accepted(RelativePath path, TextChange text, Hunk part) {
        String after() {
            return new String(text.afterBytes(part.afterStart(), part.afterEnd()), US_ASCII);
        }
    }

    @Test
    void accepted_hunks_give_the_tree_that_is_built_by_hand_in_any_order() throws IOException {
        for (int seed = 0; seed < ROUNDS; seed++) {
            var random = new Random(seed);
            var base = new SampleTree();
            var after = base;
            for (var name : List.of("one", "two", "three")) {
                base = base.file(name, RandomTree.text(random, 80));
                after = after.file(name, RandomTree.editedText(random, base, name));
            }
            var fixture = fixture(seed, base);
            var changes = base.comparedTo(after);
            var some = someOf(changes, random);
            var review = Review.of(changes).decideAll(_ -> true, Verdict.REJECT);
            var applied = new ArrayList<Applied>();

            for (var one : some) {
                review = review.decide(one.path(), one.text(), one.part(), Verdict.ACCEPT);
                applied.add((Applied) fixture.apply(review));
            }

            assertThat(fixture.host()).as("seed %d", seed).isEqualTo(byHand(base, some));
            applied.reversed().forEach(last -> fixture.applier().undo(last.record()));
            assertThat(fixture.host()).as("seed %d: undone", seed).isEqualTo(base);
        }
    }

    private static List<Accepted> someOf(ChangeSet changes, Random random) throws IOException {
        var some = new ArrayList<Accepted>();
        for (var change : changes.changes()) {
            var text = TextChange.of(change, changes.blobs());
            text.hunks().stream()
                    .flatMap(hunk -> text.split(hunk).stream())
                    .filter(_ -> random.nextBoolean())
                    .forEach(part -> some.add(new Accepted(change.path(), text, part)));
        }
        Collections.shuffle(some, random);
        return some;
    }

    private static SampleTree byHand(SampleTree base, List<Accepted> some) {
        var tree = base;
        for (var path : base.nodes().keySet()) {
            var byHand = new HandBuilt(base.content(path));
            some.stream()
                    .filter(one -> one.path().equals(RelativePath.of(path)))
                    .sorted(comparingInt((Accepted one) -> one.part().beforeStart()).reversed())
                    .forEach(
                            one ->
                                    byHand.replace(
                                            one.part().beforeStart(),
                                            one.part().beforeEnd(),
                                            one.after()));
            tree = tree.file(path, byHand.text());
        }
        return tree;
    }
}
