package dev.safecoder.commandline;

import org.junit.jupiter.api.Tag;

@Tag("podman")
class PodmanBenchTest extends BenchContract {
    @Override
    String backend() {
        return "podman";
    }
}
