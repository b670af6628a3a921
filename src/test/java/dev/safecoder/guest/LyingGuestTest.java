package dev.safecoder.guest;

import static dev.safecoder.threat.ThreatCase.F1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.safecoder.threat.NegativeControl;
import dev.safecoder.threat.Threat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** THREATS.md, F1: whatever a guest says, the sandbox dies with a named error and nobody waits. */
@Timeout(30)
class LyingGuestTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.safecoder.guest.Lies#all")
    @Threat(F1)
    void a_lie_kills_the_sandbox_and_is_named_to_everybody_who_waits(Lies.Case lie)
            throws Exception {
        var heard = new CountDownLatch(1);
        try (var scripted =
                        ScriptedGuest.polite(
                                guest -> {
                                    var request = guest.hear();
                                    heard.countDown();
                                    guest.hear(HostFrame.EXEC);
                                    lie.lie().tell(guest, request.stream());
                                });
                var guest = GuestClient.connect(scripted, LIMIT);
                var others = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked =
                    others.submit(
                            () -> {
                                lie.call().ask(guest);
                                return "an answer";
                            });
            heard.await();
            var bystander = guest.start(Lies.command(), new Collected());

            var told = catchThrowableOfType(GuestException.class, bystander::await);
            assertThat(told)
                    .hasMessageStartingWith(
                            "The sandbox was stopped because its guest broke the protocol: ")
                    .hasMessageContaining(lie.message());
            assertThat(scripted.kills()).isEqualTo(1);
            assertThat(end(asked)).isIn(told.toString(), "an answer");
            assertThat(catchThrowableOfType(GuestException.class, () -> Lies.READ.ask(guest)))
                    .hasMessage(told.getMessage());
        }
    }

    @Test
    @NegativeControl(F1)
    void negative_control_an_unchecked_path_leaves_the_root() throws Exception {
        var root = Path.of("/root/of/project");
        for (var path : List.of("/etc/passwd", "../x", "a/../../x")) {
            var entry =
                    EntryAnswer.read(
                            new Answer(GuestFrame.ENTRY, ScriptedGuest.entry(1, 0, path).bytes()));
            var target = root.resolve(new String(entry.path(), UTF_8)).normalize();
            assertThat(target.startsWith(root)).isFalse();
        }
    }

    private static String end(Future<String> asked) throws InterruptedException {
        try {
            return asked.get();
        } catch (ExecutionException failed) {
            return String.valueOf(failed.getCause());
        }
    }
}
