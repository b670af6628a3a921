package dev.safecoder.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleasesTest {
    @TempDir Path folder;

    @Test
    void the_shell_turns_make_the_next_release() throws Exception {
        var releases = Releases.unpackIn(folder);
        var project = folder.resolve("project");
        int last = releases.commits.size() - 1;
        releases.checkOut(releases.commits.getFirst(), project);
        var script = new Script();
        releases.play(
                script,
                releases.commits.getFirst(),
                releases.commits.get(last),
                Releases.Means.SHELL);
        var file = Path.of(script.saveIn(folder).substring("script:".length()));
        var shell = folder.resolve("commands");
        Files.writeString(
                shell,
                SafeCoder.JSON.readTree(Files.readString(file)).findValuesAsText("command").stream()
                        .collect(Collectors.joining("\n")));

        var bash =
                new ProcessBuilder("bash", shell.toString())
                        .directory(project.toFile())
                        .inheritIO()
                        .start();

        assertThat(bash.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(releases.treeOf(project)).isEqualTo(releases.treeOf(releases.commits.get(last)));
    }
}
