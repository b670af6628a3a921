package dev.safecoder.commandline;

import org.junit.jupiter.api.Tag;

@Tag("podman")
class PodmanRunTest extends RunContract {
    @Override
    String backend() {
        return "podman";
    }
}
