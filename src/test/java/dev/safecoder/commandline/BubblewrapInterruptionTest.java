package dev.safecoder.commandline;

import org.junit.jupiter.api.Tag;

@Tag("bubblewrap")
class BubblewrapInterruptionTest extends InterruptionContract {
    @Override
    String backend() {
        return "bubblewrap";
    }
}
