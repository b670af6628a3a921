package dev.safecoder.guest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bounds are loose, for machines with other work to do: they catch a wait that should not be
 * there (a delayed acknowledgement is 40 ms), not a slow day. The report shows the numbers.
 */
@Timeout(120)
class RoundTripTest {
    @TempDir Path scratch;
    @TempDir Path root;

    @Test
    void a_command_takes_a_millisecond_and_a_look_at_a_path_a_tenth_of_it() throws Exception {
        var command = Command.of(List.of("/bin/true"), Map.of(), ".");
        var path = List.of("gone".getBytes(UTF_8));
        try (var guest = RealGuest.connect(scratch, root)) {
            var runs = RoundTrips.measure(1_000, () -> guest.run(command, new Collected()));
            var looks = RoundTrips.measure(2_000, () -> guest.stat(path));
            System.out.println("`true` through the guest, microseconds: " + runs);
            System.out.println("one path looked at, microseconds: " + looks);
            assertThat(runs.p50()).isLessThan(10_000);
            assertThat(looks.p50()).isLessThan(2_000);
        }
    }
}
