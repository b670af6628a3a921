package dev.safecoder.commandline;

import org.junit.jupiter.api.Tag;

@Tag("podman")
class PodmanInterruptionTest extends InterruptionContract {
    @Override
    String backend() {
        return "podman";
    }
}
