package dev.safecoder.commandline;

import org.junit.jupiter.api.Tag;

@Tag("docker")
class DockerImageTest extends ImageContract {
    @Override
    String backend() {
        return "docker";
    }
}
