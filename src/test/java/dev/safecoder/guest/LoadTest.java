package dev.safecoder.guest;

import static dev.safecoder.threat.ThreatCase.H1;
import static dev.safecoder.threat.ThreatCase.H8;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.safecoder.Eventually;
import dev.safecoder.threat.Threat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real guest under load: THREATS.md, H1 and H8, as far as the client is concerned. */
@Timeout(120)
class LoadTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final CommandEnd SUCCESS = new CommandEnd.Exited(0, 0);
    private static final long TWO_GIB = 2_147_483_648L;

    @TempDir Path scratch;
    @TempDir Path root;
    private Guest guest;

    @BeforeEach
    void start() throws Exception {
        guest = RealGuest.connect(scratch, root);
    }

    @AfterEach
    void stop() {
        guest.close();
    }

    @Test
    @Threat(H1)
    void two_gibibytes_of_output_pass_through_a_flat_heap() throws Exception {
        var count = new StalledOutput();
        count.letGo();
        long before = usedHeap();
        assertThat(guest.run(RealGuest.shell("head -c %d /dev/zero".formatted(TWO_GIB)), count))
                .isEqualTo(SUCCESS);
        assertThat(count.taken()).isEqualTo(TWO_GIB);
        assertThat(usedHeap() - before).isLessThan(8 << 20);
    }

    private static long usedHeap() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Test
    void a_stalled_taker_stalls_its_own_command_only() throws Exception {
        var stalled = new StalledOutput();
        var endless = RealGuest.shell("head -c 10000000 /dev/zero");
        try (var stuck = guest.start(endless, stalled)) {
            for (int index = 0; index < 20; index++) {
                var output = new Collected();
                guest.run(RealGuest.shell("head -c 1000000 /dev/zero"), output);
                assertThat(output.outBytes()).hasSize(1_000_000);
            }
            stalled.letGo();
            assertThat(stuck.await()).isEqualTo(SUCCESS);
            assertThat(stalled.taken()).isEqualTo(10_000_000);
        }
    }

    @Test
    void a_time_limit_holds_while_the_taker_stalls() throws Exception {
        var stalled = new StalledOutput();
        var limit = Duration.ofMillis(200);
        var command = RealGuest.shell("echo $$ > pid; exec cat /dev/zero").within(limit);
        try (var stuck = guest.start(command, stalled)) {
            Eventually.holds(
                    "it is killed",
                    LIMIT,
                    () ->
                            guest.run(RealGuest.shell("! kill -0 $(cat pid)"), new Collected())
                                    .equals(SUCCESS));
            stalled.letGo();
            assertThat(stuck.await()).isEqualTo(new CommandEnd.TimedOut(limit));
        }
    }

    @Test
    @Threat(H8)
    void two_hundred_commands_run_at_once() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<String>>();
            for (int index = 0; index < 200; index++) {
                var command = RealGuest.shell("sleep 0.2; echo %d".formatted(index));
                calls.add(
                        () -> {
                            var output = new Collected();
                            assertThat(guest.run(command, output)).isEqualTo(SUCCESS);
                            return output.out().strip();
                        });
            }
            var answers = threads.invokeAll(calls);
            for (int index = 0; index < 200; index++) {
                assertThat(answers.get(index).get()).isEqualTo(String.valueOf(index));
            }
        }
    }

    @Test
    void sixteen_megabytes_go_in_and_come_back_the_same() throws Exception {
        var bytes = new byte[16 << 20];
        new Random(7).nextBytes(bytes);
        var back = MessageDigest.getInstance("SHA-256");
        var output =
                new CommandOutput() {
                    @Override
                    public void out(byte[] piece) {
                        back.update(piece);
                    }

                    @Override
                    public void err(byte[] piece) {}
                };
        var command = RealGuest.shell("cat").with(new Command.Streams.Piped());
        try (var running = guest.start(command, output)) {
            try (var input = running.input()) {
                input.write(bytes);
            }
            assertThat(running.await()).isEqualTo(SUCCESS);
        }
        var sent = MessageDigest.getInstance("SHA-256").digest(bytes);
        assertThat(HexFormat.of().formatHex(back.digest()))
                .isEqualTo(HexFormat.of().formatHex(sent));
    }

    @Test
    void everything_works_over_a_stream_that_gives_one_byte_at_a_time() throws Exception {
        var whole = RealGuest.start(scratch, root);
        try (var slow = GuestClient.connect(new FragmentedStream(whole), LIMIT)) {
            var output = new Collected();
            var command = RealGuest.shell("cat; head -c 100000 /dev/zero; exit 3");
            var piped = command.with(new Command.Streams.Piped());
            try (var running = slow.start(piped, output)) {
                running.input().write(new byte[1_000]);
                running.input().close();
                assertThat(running.await()).isEqualTo(new CommandEnd.Exited(3, 0));
            }
            assertThat(output.outBytes()).hasSize(101_000);
            assertThat(slow.stat(List.of("gone".getBytes(UTF_8)))).hasSize(1);
        }
    }

    @Test
    void the_end_of_the_guest_ends_all_calls_and_all_processes() throws Exception {
        var real = RealGuest.start(scratch, root);
        var client = GuestClient.connect(real, LIMIT);
        var output = new Collected();
        var running = client.start(RealGuest.shell("echo $$; exec sleep 1000"), output);
        Eventually.holds("it runs", LIMIT, () -> output.out().endsWith("\n"));
        client.close();
        var process = Path.of("/proc", output.out().strip());
        Eventually.holds("it is gone", LIMIT, () -> Files.notExists(process));
        assertThat(real.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(running::await)
                .isInstanceOf(GuestException.class)
                .hasMessage("The sandbox ended: it was closed");
    }

    @Test
    @Threat(H8)
    void guests_that_are_gone_leave_no_descriptor_behind() throws Exception {
        long before = descriptors();
        for (int index = 0; index < 20; index++) {
            var client = RealGuest.connect(scratch, root);
            client.run(RealGuest.shell("exit 0"), new Collected());
            client.close();
        }
        Eventually.holds("all are closed", LIMIT, () -> descriptors() <= before);
    }

    private static long descriptors() throws IOException {
        try (var all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }
}
