package dev.safecoder.commandline;

import org.junit.jupiter.api.Tag;

@Tag("docker")
class DockerInterruptionTest extends InterruptionContract {
    @Override
    String backend() {
        return "docker";
    }
}
