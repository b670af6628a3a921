package dev.safecoder.threat;

import dev.safecoder.sandbox.BackendName;
import org.junit.jupiter.api.Tag;

@Tag("docker")
class DockerThreatTest extends ThreatSuite {
    DockerThreatTest() {
        super(BackendName.DOCKER);
    }
}
