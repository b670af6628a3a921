package dev.safecoder.guest;

import static dev.safecoder.threat.ThreatCase.F1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.safecoder.guest.ScriptedGuest.Fields;
import dev.safecoder.threat.NegativeControl;
import dev.safecoder.threat.Threat;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** THREATS.md, F1: a guest that sends too much, too little or too slowly costs a bounded heap. */
@Timeout(60)
class FloodingGuestTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int WINDOW = 262_144;
    private static final int MEGABYTE = 1 << 20;

    @Test
    @Threat(F1)
    void a_claimed_length_is_never_allocated() throws Exception {
        var claim = new Fields().u32(0x1000_0000).raw(new byte[16]).bytes();
        long bytes =
                Allocation.during(
                        () -> {
                            var frames = new FrameReader(new ByteArrayInputStream(claim));
                            return catchThrowableOfType(ProtocolBreach.class, frames::next);
                        });
        assertThat(bytes).isLessThan(4 * MEGABYTE);
    }

    @Test
    @NegativeControl(F1)
    void negative_control_a_naive_reader_allocates_what_is_claimed() throws Exception {
        var claim = new Fields().u32(0x0400_0000).raw(new byte[16]).bytes();
        long bytes =
                Allocation.during(
                        () -> {
                            var input = new DataInputStream(new ByteArrayInputStream(claim));
                            return catchThrowableOfType(
                                    IOException.class, () -> new NaiveFrames(input).read(1));
                        });
        assertThat(bytes).isGreaterThan(0x0400_0000);
    }

    @Test
    @Threat(F1)
    void a_million_empty_frames_cost_next_to_nothing() throws Exception {
        var empty = ScriptedGuest.frame(GuestFrame.STDOUT.code(), 1, new byte[0]);
        try (var scripted =
                        ScriptedGuest.polite(
                                guest -> {
                                    int stream = guest.hear(HostFrame.EXEC).stream();
                                    guest.say(GuestFrame.STARTED, stream, new Fields().u32(2));
                                    guest.sayRaw(repeated(empty, 1_000_000));
                                    guest.say(
                                            GuestFrame.EXITED,
                                            stream,
                                            new Fields().u8(0).u8(0).u32(0));
                                });
                var guest = GuestClient.connect(scripted, LIMIT)) {
            var collected = new Collected();
            long bytes = Allocation.during(() -> guest.run(Lies.command(), collected));
            assertThat(collected.outBytes()).isEmpty();
            assertThat(bytes).isLessThan(9_000_000 + 4 * MEGABYTE); // the script's own array
        }
    }

    @Test
    @NegativeControl(F1)
    void negative_control_a_naive_reader_keeps_a_million_empty_frames() throws Exception {
        var empty = ScriptedGuest.frame(GuestFrame.STDOUT.code(), 1, new byte[0]);
        var all = new ByteArrayInputStream(repeated(empty, 1_000_000));
        var naive = new NaiveFrames(new DataInputStream(all));
        naive.read(1_000_000);
        assertThat(naive.waiting()).isEqualTo(1_000_000);
    }

    @Test
    void a_million_empty_frames_that_are_no_bytes_end_the_sandbox() throws Exception {
        try (var scripted =
                        ScriptedGuest.polite(
                                guest -> {
                                    int stream = guest.hear(HostFrame.EXEC).stream();
                                    var end =
                                            ScriptedGuest.frame(
                                                    GuestFrame.STARTED.code(), stream, new byte[0]);
                                    guest.sayRaw(repeated(end, 1_000_000));
                                });
                var guest = GuestClient.connect(scripted, LIMIT)) {
            var taker = new StalledOutput();
            try (var running = guest.start(Lies.command(), taker)) {
                taker.letGo();
                assertThatThrownBy(running::await)
                        .isInstanceOf(GuestException.class)
                        .hasMessageContaining("broke the protocol");
            }
            assertThat(scripted.kills()).isEqualTo(1);
        }
    }

    @Test
    @Threat(F1)
    void data_beyond_the_credit_ends_the_sandbox() throws Exception {
        try (var scripted = ScriptedGuest.polite(guest -> sendWithoutCredit(guest, 65_536, 20));
                var guest = GuestClient.connect(scripted, LIMIT)) {
            var taker = new StalledOutput();
            var running = guest.start(Lies.command(), taker);
            var told = catchThrowableOfType(GuestException.class, guest::freeze);
            assertThat(told).hasMessageContaining("data beyond the credit of its stream");
            assertThat(scripted.kills()).isEqualTo(1);
            taker.letGo();
            assertThatThrownBy(running::await).hasMessage(told.getMessage());
            assertThat(taker.taken()).isEqualTo(WINDOW);
        }
    }

    @Test
    @NegativeControl(F1)
    void negative_control_without_a_window_a_queue_takes_more_than_the_credit() throws Exception {
        var packed = new ReceivedFrames();
        for (int index = 0; index < 20; index++) {
            packed.add(GuestFrame.STDOUT, new byte[65_536], 0, 65_536);
        }
        int kept = 0;
        while (!packed.isEmpty()) {
            kept += packed.remove().piece().length;
        }
        assertThat(kept).isGreaterThan(4 * WINDOW);
    }

    private static void sendWithoutCredit(ScriptedGuest guest, int size, int frames)
            throws IOException {
        int stream = guest.hear(HostFrame.EXEC).stream();
        guest.say(GuestFrame.STARTED, stream, new Fields().u32(2));
        for (int index = 0; index < frames; index++) {
            guest.say(GuestFrame.STDOUT, stream, new Fields().raw(new byte[size]));
        }
    }

    @Test
    void a_window_full_of_single_bytes_is_kept_packed() throws Exception {
        var sent = new CountDownLatch(1);
        try (var scripted =
                        ScriptedGuest.polite(
                                guest -> {
                                    int stream = guest.hear(HostFrame.EXEC).stream();
                                    sayAlternately(guest, stream);
                                    guest.say(
                                            GuestFrame.EXITED,
                                            stream,
                                            new Fields().u8(0).u8(7).u32(0));
                                    sent.countDown();
                                });
                var guest = GuestClient.connect(scripted, LIMIT)) {
            var taker = new StalledOutput();
            var running = guest.start(Lies.command(), taker);
            long bytes =
                    Allocation.during(
                            () -> {
                                sent.await();
                                return sent;
                            });
            taker.letGo();
            assertThat(running.await()).isEqualTo(new CommandEnd.Exited(7, 0));
            assertThat(taker.taken()).isEqualTo(WINDOW);
            assertThat(bytes).isLessThan(16 * MEGABYTE);
        }
    }

    private static void sayAlternately(ScriptedGuest guest, int stream) throws IOException {
        var pair = new Fields();
        pair.raw(ScriptedGuest.frame(GuestFrame.STDOUT.code(), stream, new byte[] {'o'}));
        pair.raw(ScriptedGuest.frame(GuestFrame.STDERR.code(), stream, new byte[] {'e'}));
        guest.sayRaw(repeated(pair.bytes(), WINDOW / 2));
    }

    private static byte[] repeated(byte[] frame, int times) {
        var all = new byte[frame.length * times];
        for (int index = 0; index < times; index++) {
            System.arraycopy(frame, 0, all, index * frame.length, frame.length);
        }
        return all;
    }

    @Test
    void frames_that_drip_byte_by_byte_are_understood() throws Exception {
        try (var scripted =
                        ScriptedGuest.polite(
                                guest -> {
                                    int stream = guest.hear(HostFrame.STAT).stream();
                                    var answer =
                                            new Fields()
                                                    .raw(
                                                            ScriptedGuest.frame(
                                                                    GuestFrame.ENTRY.code(),
                                                                    stream,
                                                                    ScriptedGuest.entry(1, 5, "a")
                                                                            .bytes()))
                                                    .raw(
                                                            ScriptedGuest.frame(
                                                                    GuestFrame.DONE.code(),
                                                                    stream,
                                                                    new byte[16]))
                                                    .bytes();
                                    for (byte one : answer) {
                                        guest.sayRaw(new byte[] {one});
                                    }
                                });
                var guest = GuestClient.connect(scripted, LIMIT)) {
            assertThat(guest.stat(List.of("a".getBytes(UTF_8))))
                    .singleElement()
                    .matches(entry -> entry.size() == 5);
        }
    }
}
