package dev.safecoder.apply;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergerTest {
    @TempDir Path folder;

    private static Optional<String> merge(String base, String host, String wanted) {
        return Merger.merge(base.getBytes(UTF_8), host.getBytes(UTF_8), wanted.getBytes(UTF_8))
                .map(text -> new String(text, UTF_8));
    }

    @Test
    void different_parts_are_brought_together() {
        assertThat(merge("a\nb\nc\nd\n", "A\nb\nc\nd\n", "a\nb\nc\nD\n")).hasValue("A\nb\nc\nD\n");
    }

    @Test
    void the_same_change_on_both_sides_is_made_once() {
        assertThat(merge("a\nb\nc\n", "a\nB\nc\n", "a\nB\nc\n")).hasValue("a\nB\nc\n");
    }

    @Test
    void touching_changes_are_a_conflict() {
        assertThat(merge("a\nb\n", "A\nb\n", "a\nB\n")).isEmpty();
    }

    @Test
    void line_ends_and_a_missing_last_one_are_kept() {
        assertThat(merge("a\r\nb\r\nc\r\nd", "A\r\nb\r\nc\r\nd", "a\r\nb\r\nc\r\nD"))
                .hasValue("A\r\nb\r\nc\r\nD");
    }

    @Test
    void binary_content_is_never_merged() {
        assertThat(merge("a\nb\nc\nd\n", "A\nb\nc\nd\n", "a\nb\nc\n\0\n")).isEmpty();
    }

    @Test
    void conflicts_are_marked_on_lines_of_their_own() {
        var marked =
                Merger.mark("a".getBytes(UTF_8), "host".getBytes(UTF_8), "session".getBytes(UTF_8));

        assertThat(new String(marked.orElseThrow(), UTF_8))
                .isEqualTo("<<<<<<< host\nhost\n=======\nsession\n>>>>>>> session\n");
    }

    /** Git is the judge: it merges the same inputs, and to the same bytes. */
    @Test
    void git_merge_file_agrees_on_random_edits() throws IOException, InterruptedException {
        var random = new Random(42);
        for (int round = 0; round < 150; round++) {
            var base = lines(random);
            var host = edited(base, random, "host");
            var wanted = edited(base, random, "session");

            assertThat(merge(text(base), text(host), text(wanted)))
                    .as("round %d: %s / %s / %s", round, base, host, wanted)
                    .isEqualTo(gitMerge(text(base), text(host), text(wanted)));
        }
    }

    private static List<String> lines(Random random) {
        var lines = new ArrayList<String>();
        for (int line = random.nextInt(30); line > 0; line--) {
            lines.add("line " + line);
        }
        return lines;
    }

    private static List<String> edited(List<String> base, Random random, String by) {
        var lines = new ArrayList<>(base);
        for (int edit = random.nextInt(4); edit > 0; edit--) {
            int at = lines.isEmpty() ? 0 : random.nextInt(lines.size());
            var text = by + " " + random.nextInt(1_000_000);
            switch (random.nextInt(3)) {
                case 0 -> lines.add(at, text);
                case 1 -> {
                    if (!lines.isEmpty()) {
                        lines.remove(at);
                    }
                }
                default -> {
                    if (!lines.isEmpty()) {
                        lines.set(at, text);
                    }
                }
            }
        }
        return lines;
    }

    private static String text(List<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    private Optional<String> gitMerge(String base, String host, String wanted)
            throws IOException, InterruptedException {
        var ours = Files.writeString(folder.resolve("host"), host);
        var origin = Files.writeString(folder.resolve("base"), base);
        var theirs = Files.writeString(folder.resolve("session"), wanted);
        var git =
                new ProcessBuilder(
                                "git",
                                "merge-file",
                                "-p",
                                ours.toString(),
                                origin.toString(),
                                theirs.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        var merged = new String(git.getInputStream().readAllBytes(), UTF_8);
        return git.waitFor() == 0 ? Optional.of(merged) : Optional.empty();
    }
}
