package dev.safecoder.threat;

import static dev.safecoder.threat.ThreatCase.D11;
import static dev.safecoder.threat.ThreatCase.D18;
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.Eventually;
import dev.safecoder.sandbox.HostProcesses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wall that does not die with its owner goes on; the same look at the processes sees it. */
@Tag("bubblewrap")
class NaiveLifetimeTest {
    @Test
    @NegativeControl(D11)
    void a_wall_that_is_only_started_survives_its_owner() throws Exception {
        var word = HostProcesses.unusualSleep();
        var script = "bwrap --ro-bind / / --unshare-net -- sleep %s & wait".formatted(word);
        var owner = new ProcessBuilder("sh", "-c", script).start();
        var soon = Duration.ofSeconds(20);
        Eventually.holds("running", soon, () -> HostProcesses.with(word) > 0);
        var inside = owner.descendants().toList();

        owner.destroyForcibly().waitFor();

        assertThat(HostProcesses.with(word)).isPositive();
        inside.forEach(ProcessHandle::destroyForcibly);
        Eventually.holds("ended", soon, () -> HostProcesses.with(word) == 0);
    }

    @Test
    @NegativeControl(D18)
    void a_folder_that_is_mounted_by_its_path_may_be_a_link(@TempDir Path folder) throws Exception {
        var outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("private.txt"), "secret\n");
        var source = Files.createSymbolicLink(folder.resolve("src"), outside).toString();
        var process =
                new ProcessBuilder("bwrap", "--ro-bind", "/", "/", "--ro-bind", source, "/mnt")
                        .redirectErrorStream(true);
        process.command().addAll(List.of("--", "cat", "/mnt/private.txt"));
        assertThat(process.start().getInputStream().readAllBytes())
                .asString()
                .isEqualTo("secret\n");
    }
}
