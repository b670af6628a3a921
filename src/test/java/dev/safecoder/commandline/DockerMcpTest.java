package dev.safecoder.commandline;

import org.junit.jupiter.api.Tag;

@Tag("docker")
class DockerMcpTest extends McpContract {
    @Override
    String backend() {
        return "docker";
    }
}
