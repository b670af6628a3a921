package dev.safecoder.commandline;

import org.junit.jupiter.api.Tag;

@Tag("bubblewrap")
class BubblewrapMcpTest extends McpContract {
    @Override
    String backend() {
        return "bubblewrap";
    }
}
