package dev.safecoder.sandbox.bubblewrap;

import org.junit.jupiter.api.Tag;

/** Root works on the project of somebody else, and everything inside runs as that user. */
@Tag("bubblewrap")
@Tag("root")
public class AnotherOwnerContractTest extends BubblewrapContractTest {
    @Override
    protected int uid() {
        return 1234;
    }
}
