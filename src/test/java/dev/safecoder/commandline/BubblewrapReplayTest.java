package dev.safecoder.commandline;

import org.junit.jupiter.api.Tag;

@Tag("bubblewrap")
class BubblewrapReplayTest extends ReplayContract {
    @Override
    String backend() {
        return "bubblewrap";
    }
}
