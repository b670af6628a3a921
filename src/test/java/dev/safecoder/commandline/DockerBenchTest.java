package dev.safecoder.commandline;

import org.junit.jupiter.api.Tag;

@Tag("docker")
class DockerBenchTest extends BenchContract {
    @Override
    String backend() {
        return "docker";
    }
}
