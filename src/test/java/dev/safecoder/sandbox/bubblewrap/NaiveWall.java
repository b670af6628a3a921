package dev.safecoder.sandbox.bubblewrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.process.HostCommand;
import dev.safecoder.process.ProgramEnd;
import dev.safecoder.process.Subprocess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Bubblewrap as one first thinks of it; every check of the real wall must fail here. */
final class NaiveWall {
    /** The whole host, read-only, without a network: it looks safe. */
    static final List<String> READ_ONLY_HOST =
            List.of(
                    "--ro-bind",
                    "/",
                    "/",
                    "--unshare-user",
                    "--unshare-net",
                    "--dev",
                    "/dev",
                    "--proc",
                    "/proc");

    /** The whole host as it is. */
    static final List<String> HOST_ITSELF = List.of("--dev-bind", "/", "/");

    private NaiveWall() {}

    /** What a command in it prints on both outputs. */
    static String run(List<String> wall, List<String> command, Map<String, String> environment)
            throws InterruptedException {
        var arguments = new ArrayList<>(wall);
        arguments.add("--");
        arguments.addAll(command);
        var end =
                Subprocess.run(
                        new HostCommand(
                                Path.of("/usr/bin/bwrap"), arguments, environment, Path.of("/")),
                        Duration.ofSeconds(60),
                        100_000);
        assertThat(end).isInstanceOf(ProgramEnd.Exited.class);
        var exited = (ProgramEnd.Exited) end;
        return exited.out().text() + exited.err().text();
    }
}
