package dev.safecoder.commandline;

import org.junit.jupiter.api.Tag;

@Tag("docker")
class DockerReplayTest extends ReplayContract {
    @Override
    String backend() {
        return "docker";
    }
}
