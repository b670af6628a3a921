package dev.safecoder.commandline;

import org.junit.jupiter.api.Tag;

@Tag("docker")
class DockerRunTest extends RunContract {
    @Override
    String backend() {
        return "docker";
    }
}
