package dev.safecoder.sandbox.bubblewrap;

import static dev.safecoder.threat.ThreatCase.D13;
import static dev.safecoder.threat.ThreatCase.D14;
import static dev.safecoder.threat.ThreatCase.D15;
import static dev.safecoder.threat.ThreatCase.D2;
import static dev.safecoder.threat.ThreatCase.D3;
import static dev.safecoder.threat.ThreatCase.D6;
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.sandbox.HostCanaries;
import dev.safecoder.sandbox.WallCheck;
import dev.safecoder.threat.NegativeControl;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract's checks prove something: each of them finds the holes of a naive wall. */
@Tag("bubblewrap")
class NaiveWallTest {
    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(WallCheck.class)
    @NegativeControl({D2, D3, D6, D13, D14, D15})
    void a_check_finds_the_hole_of_a_naive_wall(WallCheck check) throws Exception {
        try (var canaries = HostCanaries.in(folder)) {
            var environment = new HashMap<>(canaries.facts());
            environment.put("PATH", "/usr/bin:/bin");
            var command = List.of("python3", "-c", check.script());

            assertThat(NaiveWall.run(NaiveWall.HOST_ITSELF, command, environment))
                    .startsWith("got ");
        }
    }
}
