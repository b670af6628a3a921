package dev.safecoder.commandline;

import org.junit.jupiter.api.Tag;

@Tag("bubblewrap")
class BubblewrapBenchTest extends BenchContract {
    @Override
    String backend() {
        return "bubblewrap";
    }
}
