package dev.safecoder.threat;

import static dev.safecoder.threat.ThreatCase.D7;
import static dev.safecoder.threat.ThreatCase.D8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A container without limits gives what ours must refuse; the attacks are stopped by themselves.
 */
@Tag("docker")
class NaiveContainerLoadTest {
    private static final String FORKS =
            """
            import os, signal
            pids = []
            while len(pids) < 700:
                pid = os.fork()
                if pid == 0:
                    signal.pause()
                pids.append(pid)
            print('forked', len(pids))
            for pid in pids:
                os.kill(pid, 9)
            """;

    private static final String MEMORY = "print('took', len(bytearray(600 << 20)))";

    @Test
    @NegativeControl(D7)
    void more_processes_than_our_limit_are_had() throws Exception {
        assertThat(inContainer(FORKS)).isEqualTo("forked 700");
    }

    @Test
    @NegativeControl(D8)
    void more_memory_than_our_limit_is_had() throws Exception {
        assertThat(inContainer(MEMORY)).isEqualTo("took 629145600");
    }

    private static String inContainer(String program) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(
                                "docker",
                                "run",
                                "--rm",
                                "--network=none",
                                "safe-coder-test:latest",
                                "python3",
                                "-c",
                                program)
                        .redirectErrorStream(true)
                        .start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text.strip();
    }
}
