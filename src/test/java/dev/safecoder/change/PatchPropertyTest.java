package dev.safecoder.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.path.RelativePath;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real git applies what we write, and counts what we count. */
final class PatchPropertyTest {
    private static final int TREES = Integer.getInteger("safecoder.trees", 40);

    private static final byte[] NO_INPUT = {};

    @TempDir Path folder;

    @Test
    void applying_the_patch_by_git_gives_exactly_the_tree_after() throws Exception {
        var trees = new GitTrees(folder);
        for (long seed = 0; seed < TREES; seed++) {
            var random = new RandomTrees(seed);
            trees.put("before", random.before(), random.blobs());
            trees.put("after", random.after(), random.blobs());
            trees.checkOut("before");
            var patch = patch(random);
            var file = trees.write("patch", patch);
            if (patch.length > 0) {
                trees.git().text("apply", "--index", "--binary", file.toString());
            }
            assertThat(trees.git().text("write-tree").strip())
                    .as("seed %d", seed)
                    .isEqualTo(trees.tree("after"));
            assertThat(trees.git().text("status", "--porcelain", "--ignored"))
                    .as("seed %d", seed)
                    .doesNotContain("??");
            trees.git().text("diff-files", "--quiet");
        }
    }

    /**
     * Renames of similar files are compared only where both found the same: before 2.44, git left a
     * last line without line feed out of its measure.
     */
    @Test
    void the_changes_and_their_line_counts_are_those_of_git() throws Exception {
        var trees = new GitTrees(folder);
        int compared = 0;
        int renamedOtherwise = 0;
        for (long seed = 1_000; seed < 1_000 + TREES; seed++) {
            var random = new RandomTrees(seed);
            trees.put("before", random.before(), random.blobs());
            trees.put("after", random.after(), random.blobs());
            var outcome =
                    trees.git().run(NO_INPUT, "diff", "-M", "--numstat", "-z", "before", "after");
            var git = numstat(new String(outcome.output(), StandardCharsets.ISO_8859_1));
            var set = TreeComparison.between(random.before(), random.after(), random.blobs());
            for (var change : set.changes().stream().filter(change -> isOfFiles(change)).toList()) {
                var counted =
                        git.get(
                                latin(change.from().orElse(change.path()))
                                        + "\0"
                                        + latin(change.path()));
                if (counted == null) {
                    renamedOtherwise++;
                    continue;
                }
                assertThat(count(change)).as("%d %s", seed, change.path()).isEqualTo(counted);
                compared++;
            }
        }
        assertThat(renamedOtherwise).isLessThan(compared / 50);
    }

    /** Git counts a link's target as a line, and follows links that move; we do neither. */
    private static boolean isOfFiles(Change change) {
        return Stream.of(change.before(), change.after())
                .flatMap(Optional::stream)
                .allMatch(entry -> entry.type() != TreeEntry.Type.SYMLINK);
    }

    private static String count(Change change) {
        return change.content() == Change.Content.BINARY
                ? "- -"
                : change.lines().added() + " " + change.lines().deleted();
    }

    /** By the paths before and after; a rename has an empty path, then both in their own fields. */
    private static Map<String, String> numstat(String output) {
        var counts = new HashMap<String, String>();
        var fields = List.of(output.split("\0")).iterator();
        while (fields.hasNext()) {
            var parts = fields.next().split("\t", 3);
            if (parts.length == 3) {
                boolean renamed = parts[2].isEmpty();
                var before = renamed ? fields.next() : parts[2];
                var after = renamed ? fields.next() : parts[2];
                counts.put(before + "\0" + after, parts[0] + " " + parts[1]);
            }
        }
        return counts;
    }

    private static String latin(RelativePath path) {
        return new String(path.bytes(), StandardCharsets.ISO_8859_1);
    }

    private static byte[] patch(RandomTrees random) throws Exception {
        var set = TreeComparison.between(random.before(), random.after(), random.blobs());
        var patch = new ByteArrayOutputStream();
        Patch.write(set, patch);
        return patch.toByteArray();
    }
}
