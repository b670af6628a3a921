package dev.safecoder.commandline;

import org.junit.jupiter.api.Tag;

@Tag("podman")
class PodmanImageTest extends ImageContract {
    @Override
    String backend() {
        return "podman";
    }
}
