package dev.safecoder.apply;

import static dev.safecoder.threat.ThreatCase.I1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.threat.Threat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process of its own that is really gone in the middle, with its locks and open files. */
class KilledApplyTest {
    private static final int KILLED = 137;

    @TempDir Path folder;

    /** Applies in a child: {@code folder step}; stops the machine dead before that step. */
    static final class Child {
        public static void main(String[] arguments) throws IOException {
            var folder = Path.of(arguments[0]);
            int last = Integer.parseInt(arguments[1]);
            var seen = new AtomicInteger();
            var opener =
                    FaultyFolder.opener(
                            HostFolder::openBest,
                            _ -> {
                                if (seen.getAndIncrement() == last) {
                                    Runtime.getRuntime().halt(KILLED);
                                }
                            });
            apply(applier(folder, opener), folder);
        }
    }

    private static Applier applier(Path folder, HostFolder.Opener opener) {
        var clock = InstantSource.fixed(Instant.EPOCH);
        return new Applier(folder.resolve("state"), clock, _ -> {}, opener);
    }

    private static ApplyOutcome apply(Applier applier, Path folder) throws IOException {
        var all = MixedChanges.review();
        return applier.apply(ApplyRequest.of(folder.resolve("project"), "session", all));
    }

    private int runChild(int step) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var child =
                new ProcessBuilder(
                                java,
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Child.class.getName(),
                                folder.toString(),
                                Integer.toString(step))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("output").toFile())
                        .start();
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return child.exitValue();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 40, 69, 150, 203, 225, 240, 260, 300})
    @Threat(I1)
    void the_next_start_finds_the_old_tree_or_the_new(int step)
            throws IOException, InterruptedException {
        MixedChanges.before().writeTo(Files.createDirectory(folder.resolve("project")));

        assertThat(runChild(step)).isEqualTo(KILLED);

        var applier = applier(folder, HostFolder::openBest);
        applier.recover();
        assertThat(SampleTree.readFrom(folder.resolve("project")))
                .isIn(MixedChanges.before(), MixedChanges.after());
        assertThat(applier.recover()).isEmpty();
        assertThat(apply(applier, folder)).isNotInstanceOf(ApplyOutcome.Busy.class);
        assertThat(SampleTree.readFrom(folder.resolve("project"))).isEqualTo(MixedChanges.after());
    }

    @Test
    void a_child_that_is_left_alone_comes_to_its_end() throws IOException, InterruptedException {
        MixedChanges.before().writeTo(Files.createDirectory(folder.resolve("project")));

        assertThat(runChild(Integer.MAX_VALUE)).isZero();

        assertThat(SampleTree.readFrom(folder.resolve("project"))).isEqualTo(MixedChanges.after());
    }
}
