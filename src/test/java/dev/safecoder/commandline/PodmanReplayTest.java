package dev.safecoder.commandline;

import org.junit.jupiter.api.Tag;

@Tag("podman")
class PodmanReplayTest extends ReplayContract {
    @Override
    String backend() {
        return "podman";
    }
}
