package dev.safecoder.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.apply.ApplyOutcome.Applied;
import dev.safecoder.change.TextChange;
import dev.safecoder.path.RelativePath;
import dev.safecoder.review.Review;
import dev.safecoder.review.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @Test
    void accepted_hunks_give_the_tree_that_is_built_by_hand() throws IOException {
        for (int seed = 0; seed < ROUNDS; seed++) {
            var random = new Random(seed);
            var base = new SampleTree().file("text", RandomTree.text(random, 80));
            var after = new SampleTree().file("text", RandomTree.editedText(random, base, "text"));
            var fixture = fixture(seed, base);
            var changes = base.comparedTo(after);
            var review = Review.of(changes);
            if (changes.changes().isEmpty()) {
                continue;
            }
            var change = changes.changes().getFirst();
            var text = TextChange.of(change, changes.blobs());
            var byHand = new HandBuilt(base.content("text"));
            for (var hunk : text.hunks().reversed()) {
                boolean accepted = random.nextBoolean();
                review =
                        review.decide(
                                change.path(),
                                text,
                                hunk,
                                accepted ? Verdict.ACCEPT : Verdict.REJECT);
                if (accepted) {
                    byHand.replace(
                            hunk.beforeStart(),
                            hunk.beforeEnd(),
                            new String(text.afterBytes(hunk.afterStart(), hunk.afterEnd())));
                }
            }

            fixture.applier().apply(ApplyRequest.of(fixture.project(), "session", review));

            assertThat(fixture.host())
                    .as("seed %d", seed)
                    .isEqualTo(new SampleTree().file("text", byHand.text()));
        }
    }
}
