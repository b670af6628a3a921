package dev.safecoder.commandline;

import org.junit.jupiter.api.Tag;

@Tag("podman")
class PodmanMcpTest extends McpContract {
    @Override
    String backend() {
        return "podman";
    }
}
