package dev.safecoder.sandbox.bubblewrap;

import dev.safecoder.sandbox.Limits;
import dev.safecoder.sandbox.SandboxSpec;
import dev.safecoder.sandbox.WorkspaceMount;
import dev.safecoder.sandbox.bubblewrap.HostSystem.Part;
import java.nio.file.Path;
import java.util.List;

/** A spec and a host that exist on paper only. */
final class Scenes {
    static final WorkspaceMount OVERLAY =
            new WorkspaceMount.Overlay(
                    Path.of("/home/u/project"),
                    Path.of("/state/session/upper"),
                    Path.of("/state/session/work"));

    static final Limits LIMITS = new Limits(1.5, 256L << 20, 128, 1L << 30);

    /** Run by user 1000. */
    static final HostSystem HOST = host(1000, 1001);

    private Scenes() {}

    static HostSystem host(int uid, int gid) {
        return new HostSystem(
                List.of(
                        new Part.Folder(Path.of("/usr")),
                        new Part.Link(Path.of("/bin"), "usr/bin")),
                List.of(
                        new Part.File(Path.of("/etc/ld.so.cache")),
                        new Part.Folder(Path.of("/etc/ssl/certs"))),
                List.of(
                        new Part.File(Path.of("/proc/keys")),
                        new Part.Folder(Path.of("/proc/scsi"))),
                List.of(new Part.File(Path.of("/proc/kcore"))),
                List.of(new Part.Folder(Path.of("/proc/sys"))),
                "x86_64",
                uid,
                gid);
    }

    static SandboxSpec spec(WorkspaceMount workspace) {
        return spec(workspace, SandboxSpec.Network.NONE);
    }

    static SandboxSpec spec(WorkspaceMount workspace, SandboxSpec.Network network) {
        return spec(workspace, network, 1000, 1001);
    }

    static SandboxSpec spec(
            WorkspaceMount workspace, SandboxSpec.Network network, int uid, int gid) {
        return new SandboxSpec(
                "safe-coder-1",
                "session-1",
                new SandboxSpec.Owner("here", 1, 2),
                Path.of("/state"),
                Path.of("/state/scratch"),
                Path.of("/state/guest/hash"),
                workspace,
                uid,
                gid,
                LIMITS,
                network);
    }
}
