package dev.safecoder.sandbox.bubblewrap;

import dev.safecoder.guest.CommandOutput;
import dev.safecoder.process.ProgramPath;
import dev.safecoder.sandbox.Backend;
import dev.safecoder.sandbox.SandboxScene;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The scene of the contract, with bubblewrap around it and ourselves as the project's owner. */
public class BubblewrapScene extends SandboxScene {
    /** Takes the output of a command that nobody listens to. */
    static final CommandOutput UNHEARD =
            new CommandOutput() {
                @Override
                public void out(byte[] bytes) {}

                @Override
                public void err(byte[] bytes) {}
            };

    @Override
    protected Backend backend(Path folder) {
        return ours();
    }

    static Backend ours() {
        var programs = ProgramPath.of("/usr/bin:/bin:/usr/sbin:/sbin", List.of());
        return BubblewrapBackend.of(HOST, programs, Map.of());
    }

    @Override
    protected List<Kind> workspaces() {
        return all();
    }

    static List<Kind> all() {
        return List.of(Kind.OVERLAY, Kind.FOLDER, Kind.STREAMED);
    }

    @Override
    protected int uid() {
        return ourUid();
    }

    static int ourUid() {
        try {
            return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
