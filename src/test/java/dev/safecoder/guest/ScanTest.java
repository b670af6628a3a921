package dev.safecoder.guest;

import static dev.safecoder.threat.ThreatCase.B14;
import static dev.safecoder.threat.ThreatCase.B17;
import static dev.safecoder.threat.ThreatCase.B24;
import static dev.safecoder.threat.ThreatCase.B3;
import static dev.safecoder.threat.ThreatCase.H7;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.safecoder.Eventually;
import dev.safecoder.threat.Threat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What changed, what is hidden, and that nothing moves meanwhile: a real guest without an overlay.
 */
@Timeout(60)
class ScanTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

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

    private static ScanRequest request(ScanRequest.Extent extent) {
        return new ScanRequest(extent, 1_000, 10_000_000, 1_000, 20);
    }

    private void baseline() throws Exception {
        assertThat(scan(request(ScanRequest.Extent.BASELINE))).isEmpty();
    }

    private List<String> delta() throws Exception {
        return scan(request(ScanRequest.Extent.DELTA));
    }

    /** Each entry as kind, path and content. */
    private List<String> scan(ScanRequest request) throws IOException, InterruptedException {
        var seen = new ArrayList<String>();
        var answer =
                guest.scan(
                        request,
                        (entry, content) ->
                                seen.add(
                                        "%s %s %s"
                                                .formatted(
                                                        entry.kind(),
                                                        new String(entry.path(), UTF_8),
                                                        new String(content.readAllBytes(), UTF_8))
                                                .strip()));
        assertThat(answer).isInstanceOf(ScanAnswer.Scanned.class);
        return seen;
    }

    private void shell(String script) throws InterruptedException {
        assertThat(guest.run(RealGuest.shell(script), new Collected()))
                .isEqualTo(new CommandEnd.Exited(0, 0));
    }

    @Test
    void a_delta_tells_each_change_once_and_full_tells_all_again() throws Exception {
        shell("echo old > kept; echo old > changed; echo old > removed; mkdir d; echo old > d/f");
        baseline();
        assertThat(delta()).isEmpty();

        shell("echo new > changed; rm removed; echo new > added; ln -s kept l; rm -r d");
        var changes =
                List.of(
                        "FILE added new",
                        "FILE changed new",
                        "GONE d",
                        "GONE d/f",
                        "SYMLINK l kept",
                        "GONE removed");
        assertThat(delta()).containsExactlyInAnyOrderElementsOf(changes);
        assertThat(delta()).isEmpty();
        assertThat(scan(request(ScanRequest.Extent.FULL)))
                .containsExactlyInAnyOrderElementsOf(changes);
    }

    @Test
    void every_kind_of_entry_is_told_and_only_files_and_links_have_content() throws Exception {
        baseline();
        shell(
                "mkdir -p d/e .git/x; echo evil > .git/config; : > empty; mkfifo p;"
                        + " head -c 1001 /dev/zero > large; mkdir sub; ln -s gone sub/.GIT");
        assertThat(delta())
                .containsExactlyInAnyOrder(
                        "FOLDER .git",
                        "FOLDER d",
                        "FOLDER d/e",
                        "FILE empty",
                        "FIFO p",
                        "FILE_TOO_LARGE large",
                        "FOLDER sub",
                        "SYMLINK sub/.GIT");
    }

    @Test
    @Threat(B14)
    void names_that_are_no_text_come_as_bytes() throws Exception {
        baseline();
        shell("printf x > \"$(printf 'a\\377\\nb')\"");
        var paths = new ArrayList<byte[]>();
        guest.scan(request(ScanRequest.Extent.DELTA), (entry, _) -> paths.add(entry.path()));
        assertThat(paths).singleElement().isEqualTo(new byte[] {'a', (byte) 0xff, '\n', 'b'});
    }

    @Test
    void content_that_is_not_read_is_skipped() throws Exception {
        baseline();
        shell("for n in 1 2 3; do head -c 900 /dev/zero > f$n; done");
        var sizes = new ArrayList<Long>();
        var answer =
                guest.scan(
                        request(ScanRequest.Extent.DELTA),
                        (entry, content) -> {
                            content.skipNBytes(10);
                            sizes.add(entry.size());
                        });
        assertThat(answer).isEqualTo(new ScanAnswer.Scanned(3, 2_700));
        assertThat(sizes).containsExactly(900L, 900L, 900L);
    }

    @Test
    @Threat({B17, H7})
    void more_than_the_budget_is_refused_whole_and_told_again_within_a_larger_one()
            throws Exception {
        baseline();
        shell("for n in 1 2 3 4 5; do echo $n > f$n; done");
        var few = new ScanRequest(ScanRequest.Extent.DELTA, 1_000, 10_000, 4, 20);
        assertThat(guest.scan(few, (_, _) -> {}))
                .isEqualTo(new ScanAnswer.OverBudget("more than 4 entries"));
        var small = new ScanRequest(ScanRequest.Extent.DELTA, 1_000, 9, 1_000, 20);
        assertThat(guest.scan(small, (_, _) -> {}))
                .isEqualTo(new ScanAnswer.OverBudget("more than 9 bytes"));
        assertThat(delta()).hasSize(5);
    }

    @Test
    void a_scan_larger_than_every_window_goes_through() throws Exception {
        baseline();
        shell("for n in $(seq 1 900); do head -c 1000 /dev/zero > f$n; done");
        assertThat(guest.scan(request(ScanRequest.Extent.DELTA), (_, content) -> content.read()))
                .isEqualTo(new ScanAnswer.Scanned(900, 900_000));
    }

    @Test
    void a_consumer_that_gives_up_ends_the_scan_alone() throws Exception {
        baseline();
        shell("for n in $(seq 1 900); do head -c 1000 /dev/zero > f$n; done");
        assertThatThrownBy(
                        () ->
                                guest.scan(
                                        request(ScanRequest.Extent.DELTA),
                                        (_, _) -> {
                                            throw new IOException("the disk is full");
                                        }))
                .isInstanceOf(IOException.class)
                .hasMessage("the disk is full");
        assertThat(delta()).hasSize(900);
    }

    @Test
    void masked_names_are_gone_wherever_they_are() throws Exception {
        shell(
                "mkdir -p a/b .git; for n in .env .ENV.local a/.env a/b/id_rsa .env.example kept"
                        + " .git/.env; do echo secret > $n; done; mkdir a/.env.d; echo x > a/.env.d/f");
        var hidden = guest.mask(List.of(".env*", "!*.example", "id_*"));
        assertThat(hidden.stream().map(entry -> new String(entry.path(), UTF_8)))
                .containsExactlyInAnyOrder(
                        ".env", ".ENV.local", "a/.env", "a/b/id_rsa", "a/.env.d");
        assertThat(root.resolve("a/.env.d")).doesNotExist();
        assertThat(root.resolve(".env.example")).exists();
        assertThat(root.resolve(".git/.env")).exists();
    }

    @Test
    @Threat({B3, B24})
    void nothing_moves_while_it_is_frozen() throws Exception {
        var counting = RealGuest.shell("while :; do echo x >> f; sleep 0.005; done");
        try (var running = guest.start(counting, new Collected())) {
            Eventually.holds("it counts", LIMIT, () -> size() > 4);
            try (var _ = guest.freeze()) {
                long before = size();
                for (int index = 0; index < 20; index++) {
                    assertThat(size()).isEqualTo(before);
                }
                assertThat(running).isNotNull();
            }
            long after = size();
            Eventually.holds("it goes on", LIMIT, () -> size() > after + 4);
        }
    }

    private long size() throws InterruptedException {
        return guest.stat(List.of("f".getBytes(UTF_8))).getFirst().size();
    }
}
