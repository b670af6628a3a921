package dev.safecoder.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.commandline.Releases.Means;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred releases of a package, made one after the other by an agent; git is the judge. */
abstract class ReplayContract {
    private static final Pattern CALL = Pattern.compile("(?m)^call_(\\d+)_\\d+ ");

    @TempDir Path folder;

    abstract String backend();

    @Test
    void a_hundred_releases_played_as_tool_calls_are_the_same_to_git() throws Exception {
        var releases = Releases.unpackIn(folder);
        var commits = releases.commits;
        assertThat(commits).hasSizeGreaterThan(100);
        var project = folder.resolve("project");
        releases.checkOut(commits.getFirst(), project);
        var script = new Script();
        for (int i = 1; i < commits.size(); i++) {
            var means = i % 2 == 0 ? Means.FILE_TOOLS : Means.SHELL;
            releases.play(script, commits.get(i - 1), commits.get(i), means);
        }
        script.turn("Done.");
        var program = new SafeCoder(folder.resolve("user"));

        var finished = program.run(run(script, project));

        assertThat(finished.code()).as(finished.err()).isZero();
        var history = historyIn(program.state());
        var steps = lastCheckpointOfEachTurn(history);
        assertThat(steps).hasSize(commits.size());
        for (int i = 1; i < commits.size(); i++) {
            assertThat(Releases.changes(history, steps.get(i - 1), steps.get(i)))
                    .as("step %d", i)
                    .isEqualTo(releases.changes(commits.get(i - 1), commits.get(i)));
        }
        assertThat(Git.in(history, "fsck", "--strict", "--no-dangling")).isEmpty();
        assertThat(releases.treeOf(project)).isEqualTo(releases.treeOf(commits.getLast()));
    }

    private List<String> run(Script script, Path project) throws IOException {
        return List.of(
                "run",
                "-p",
                "x",
                "--output",
                "json",
                "--backend",
                backend(),
                "--path",
                project.toString(),
                "--model",
                script.saveIn(folder),
                "--apply",
                "all");
    }

    /** The initial snapshot first; the body of each commit names the calls that it holds. */
    private static List<String> lastCheckpointOfEachTurn(Path history)
            throws IOException, InterruptedException {
        var turns = new TreeMap<Integer, String>();
        for (var commit : Git.in(history, "log", "--reverse", "--format=%x01%H%n%b").split("\1")) {
            var lines = commit.lines().toList();
            int turn = 0;
            for (var call = CALL.matcher(commit); call.find(); ) {
                turn = Integer.parseInt(call.group(1));
            }
            if (!lines.isEmpty()) {
                turns.put(turn, lines.getFirst());
            }
        }
        return List.copyOf(turns.values());
    }

    private static Path historyIn(Path state) throws IOException {
        try (var files = Files.walk(state)) {
            return files.filter(Files::isDirectory)
                    .filter(it -> Files.isDirectory(it.resolve("objects")))
                    .filter(it -> Files.isRegularFile(it.resolve("HEAD")))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
