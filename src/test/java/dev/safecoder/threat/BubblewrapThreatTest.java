package dev.safecoder.threat;

import dev.safecoder.sandbox.BackendName;
import org.junit.jupiter.api.Tag;

@Tag("bubblewrap")
class BubblewrapThreatTest extends ThreatSuite {
    BubblewrapThreatTest() {
        super(BackendName.BUBBLEWRAP);
    }
}
