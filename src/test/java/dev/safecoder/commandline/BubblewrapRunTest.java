package dev.safecoder.commandline;

import org.junit.jupiter.api.Tag;

@Tag("bubblewrap")
class BubblewrapRunTest extends RunContract {
    @Override
    String backend() {
        return "bubblewrap";
    }
}
