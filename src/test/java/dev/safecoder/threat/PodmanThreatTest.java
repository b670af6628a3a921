package dev.safecoder.threat;

import dev.safecoder.sandbox.BackendName;
import org.junit.jupiter.api.Tag;

@Tag("podman")
class PodmanThreatTest extends ThreatSuite {
    PodmanThreatTest() {
        super(BackendName.PODMAN);
    }
}
