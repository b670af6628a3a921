package dev.safecoder.guest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.safecoder.guest.ScriptedGuest.Fields;
import dev.safecoder.guest.ScriptedGuest.Script;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a sandbox ends, and that every end reaches every caller. */
@Timeout(30)
class DeadGuestTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final byte[] FILE = "a".getBytes(UTF_8);

    private static GuestException refusedGreeting(Script script, Duration limit) throws Exception {
        try (var scripted = ScriptedGuest.rude(script)) {
            var told =
                    catchThrowableOfType(
                            GuestException.class, () -> GuestClient.connect(scripted, limit));
            assertThat(scripted.kills()).isEqualTo(1);
            return told;
        }
    }

    @Test
    void a_guest_that_says_nothing_is_killed_after_the_limit() throws Exception {
        var told = refusedGreeting(guest -> guest.hear(), Duration.ofMillis(50));
        assertThat(told)
                .hasMessage(
                        "The sandbox ended: its guest said nothing within PT0.05S; exit code 1");
    }

    @Test
    void a_guest_that_ends_before_it_greets_is_quoted() throws Exception {
        var told = refusedGreeting(ScriptedGuest::hangUp, LIMIT);
        assertThat(told).hasMessage("The sandbox ended: exit code 1");
    }

    @Test
    void a_guest_of_another_version_is_refused() throws Exception {
        var other = new Fields().u16(2).u8(0).u32(0).u32(0).text("x86_64");
        var told = refusedGreeting(guest -> guest.say(GuestFrame.HELLO, 0, other), LIMIT);
        assertThat(told).hasMessageContaining("version 2, asked for 1");
    }

    @Test
    void a_guest_that_cannot_speak_the_version_says_so() throws Exception {
        var told =
                refusedGreeting(
                        guest ->
                                guest.say(
                                        GuestFrame.FAILED, 0, new Fields().u32(71).text("version")),
                        LIMIT);
        assertThat(told).hasMessageContaining("its guest does not speak version 1");
    }

    @Test
    void a_frame_before_the_greeting_is_a_breach() throws Exception {
        var told = refusedGreeting(guest -> guest.say(GuestFrame.DONE, 0), LIMIT);
        assertThat(told).hasMessageContaining("DONE where it has no place");
    }

    @Test
    void the_end_of_the_stream_ends_every_call_with_the_last_words() throws Exception {
        try (var scripted =
                        ScriptedGuest.polite(
                                guest -> {
                                    guest.hear(HostFrame.EXEC);
                                    guest.hear(HostFrame.EXEC);
                                    guest.hangUp();
                                });
                var guest = GuestClient.connect(scripted, LIMIT)) {
            var first = guest.start(Lies.command(), new Collected());
            var second = guest.start(Lies.command(), new Collected());
            for (var running : List.of(first, second)) {
                assertThatThrownBy(running::await).hasMessage("The sandbox ended: exit code 1");
            }
            assertThat(scripted.kills()).isEqualTo(1);
        }
    }

    @Test
    void a_stream_that_breaks_off_inside_a_frame_is_named() throws Exception {
        try (var scripted =
                        ScriptedGuest.polite(
                                guest -> {
                                    guest.hear();
                                    guest.sayRaw(new byte[] {0, 0, 0, 9, 0x4B});
                                    guest.hangUp();
                                });
                var guest = GuestClient.connect(scripted, LIMIT)) {
            assertThatThrownBy(guest::freeze)
                    .hasMessage(
                            "The sandbox ended: its stream broke off inside a frame; exit code 1");
        }
    }

    @Test
    void what_came_before_the_end_is_still_delivered() throws Exception {
        try (var scripted =
                        ScriptedGuest.polite(
                                guest -> {
                                    int stream = guest.hear(HostFrame.EXEC).stream();
                                    guest.say(
                                            GuestFrame.STDOUT,
                                            stream,
                                            new Fields().raw("last".getBytes(UTF_8)));
                                    guest.hangUp();
                                });
                var guest = GuestClient.connect(scripted, LIMIT)) {
            var output = new Collected();
            assertThatThrownBy(() -> guest.run(Lies.command(), output))
                    .isInstanceOf(GuestException.class);
            assertThat(output.out()).isEqualTo("last");
        }
    }

    @Test
    void an_interrupt_closes_the_stream_and_leaves_the_others_alone() throws Exception {
        var asked = new CountDownLatch(1);
        var closed = new CountDownLatch(1);
        try (var scripted =
                        ScriptedGuest.polite(
                                guest -> {
                                    int stream = guest.hear(HostFrame.STAT).stream();
                                    asked.countDown();
                                    assertThat(guest.hear(HostFrame.CLOSE).stream())
                                            .isEqualTo(stream);
                                    guest.say(
                                            GuestFrame.ENTRY,
                                            stream,
                                            ScriptedGuest.entry(1, 0, "a"));
                                    guest.say(GuestFrame.CLOSED, stream);
                                    closed.countDown();
                                    int next = guest.hear(HostFrame.FREEZE).stream();
                                    guest.say(GuestFrame.DONE, next, new Fields().u64(0).u64(0));
                                });
                var guest = GuestClient.connect(scripted, LIMIT)) {
            var caller = InterruptedCaller.of(() -> guest.stat(List.of(FILE)));
            asked.await();
            caller.interruptOnceItWaits();
            closed.await();
            guest.freeze().close();
            assertThat(scripted.kills()).isZero();
        }
    }

    @Test
    void a_guest_that_stops_reading_blocks_no_interrupt() throws Exception {
        var wrote = new CountDownLatch(1);
        try (var scripted = ScriptedGuest.polite(_ -> wrote.countDown());
                var guest = GuestClient.connect(scripted, LIMIT)) {
            var content = new ByteArrayInputStream(new byte[1 << 20]);
            var request = WriteRequest.file(FILE, 1 << 20);
            var caller = InterruptedCaller.of(() -> guest.write(request, content));
            wrote.await();
            caller.interruptOnceItWaits();
        }
    }

    @Test
    void a_guest_that_does_not_end_a_command_is_ended_itself() throws Exception {
        try (var scripted =
                        ScriptedGuest.polite(
                                guest -> {
                                    int stream = guest.hear(HostFrame.EXEC).stream();
                                    guest.say(GuestFrame.STARTED, stream, new Fields().u32(2));
                                    guest.hear(HostFrame.SIGNAL);
                                });
                var guest = GuestClient.connect(scripted, LIMIT)) {
            assertThatThrownBy(
                            () ->
                                    guest.run(
                                            Lies.command().within(Duration.ofMillis(20)),
                                            new Collected()))
                    .hasMessage(
                            "The sandbox ended: its guest did not end a command within PT10S; exit"
                                    + " code 1");
            assertThat(scripted.kills()).isEqualTo(1);
        }
    }

    @Test
    void a_guest_that_does_not_close_a_stream_is_ended_itself() throws Exception {
        try (var scripted = ScriptedGuest.polite(guest -> guest.hear(HostFrame.CLOSE));
                var guest = GuestClient.connect(scripted, LIMIT)) {
            var running = guest.start(Lies.command(), new Collected());
            running.close();
            assertThatThrownBy(running::await)
                    .hasMessageContaining("its guest did not close a stream within PT10S");
            assertThat(scripted.kills()).isEqualTo(1);
        }
    }

    @Test
    void closing_says_goodbye_and_kills_a_guest_that_does_not_leave() throws Exception {
        var scripted = ScriptedGuest.polite(guest -> guest.hear(HostFrame.BYE));
        try (scripted) {
            var guest = GuestClient.connect(scripted, LIMIT);
            guest.close();
            assertThat(scripted.kills()).isEqualTo(1);
            assertThatThrownBy(guest::freeze).hasMessage("The sandbox ended: it was closed");
        }
    }
}
