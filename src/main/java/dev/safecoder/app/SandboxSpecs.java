package dev.safecoder.app;

import dev.safecoder.guest.GuestPrograms;
import dev.safecoder.sandbox.Limits;
import dev.safecoder.sandbox.SandboxSpec;
import dev.safecoder.sandbox.SandboxSpec.Network;
import dev.safecoder.sandbox.SandboxSpec.Owner;
import dev.safecoder.sandbox.WorkspaceMount;
import dev.safecoder.workspace.Project;
import dev.safecoder.workspace.SessionTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;

/** Makes the specifications of sandboxes: each with a name that nobody can guess. */
final class SandboxSpecs {
    private static final int NAME_BYTES = 16;

    private final Surroundings surroundings;
    private final Path state;

    SandboxSpecs(Surroundings surroundings, Path state) {
        this.surroundings = surroundings;
        this.state = state;
    }

    /** What a sandbox is for and where it may scratch; the folder is made. */
    record Purpose(String id, Path scratch) {}

    /** A sandbox over a workspace of the project's owner. */
    SandboxSpec of(
            Purpose purpose,
            WorkspaceMount workspace,
            Project project,
            Limits limits,
            Network network)
            throws IOException {
        var unguessable = new byte[NAME_BYTES];
        surroundings.chance().nextBytes(unguessable);
        SessionTree.make(purpose.scratch());
        return new SandboxSpec(
                "safe-coder-%s-%s".formatted(purpose.id(), HexFormat.of().formatHex(unguessable)),
                purpose.id(),
                Owner.self(surroundings.host()),
                state,
                purpose.scratch(),
                GuestPrograms.install(state),
                workspace,
                project.uid(),
                project.gid(),
                limits,
                network);
    }
}
