package dev.safecoder.sandbox.bubblewrap;

import dev.safecoder.sandbox.Backend;
import dev.safecoder.sandbox.SandboxContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("bubblewrap")
public class BubblewrapContractTest extends SandboxContract {
    @Override
    protected Backend backend(Path folder) {
        return BubblewrapScene.ours();
    }

    @Override
    protected List<Kind> workspaces() {
        return BubblewrapScene.all();
    }

    @Override
    protected int uid() {
        return BubblewrapScene.ourUid();
    }
}
