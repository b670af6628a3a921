package dev.safecoder.sandbox.bubblewrap;

import dev.safecoder.sandbox.SandboxSpec;
import dev.safecoder.sandbox.WorkspaceMount;
import dev.safecoder.sandbox.bubblewrap.HostSystem.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * What bubblewrap is told: a pure function of the spec and of what was found on the host. Later
 * mounts hide earlier ones, so the order is the policy: read-only system, our own {@code /etc},
 * what the kernel offers, the few places to write to, the workspace; then the root becomes
 * read-only.
 */
final class BubblewrapArguments {
    /** Where the guest finds the layers of an overlay until it has mounted it. */
    private static final String LAYERS = "/.safe-coder-layers";

    /** What a sandbox has for itself, and its bond to the process that starts it. */
    static final List<String> NAMESPACES =
            List.of(
                    "--unshare-user",
                    "--unshare-pid",
                    "--unshare-net",
                    "--unshare-ipc",
                    "--unshare-uts",
                    "--unshare-cgroup",
                    "--die-with-parent",
                    "--new-session",
                    "--as-pid-1");

    private static final long SHARED_MEMORY_BYTES = 64L << 20;

    private final SandboxSpec spec;
    private final HostSystem host;
    private final Sources sources;
    private final List<String> arguments = new ArrayList<>();

    private BubblewrapArguments(SandboxSpec spec, HostSystem host, Sources sources) {
        this.spec = spec;
        this.host = host;
        this.sources = sources;
    }

    /** The arguments of bubblewrap, without its own name. */
    static List<String> of(SandboxSpec spec, HostSystem host, Sources sources) {
        return new BubblewrapArguments(spec, host, sources).all();
    }

    private List<String> all() {
        separate();
        addSystem();
        addKernelFolders();
        addWritableFolders();
        add("--ro-bind", sources.guest().toString(), "/.safe-coder");
        addWorkspace();
        add("--remount-ro", "/", "--chdir", "/");
        add("--", "/.safe-coder/guest", "--root", "/workspace");
        addGuestDuties();
        return List.copyOf(arguments);
    }

    private void separate() {
        arguments.addAll(NAMESPACES);
        add("--hostname", "safe-coder");
        add("--clearenv", "--setenv", "PATH", "/usr/local/bin:/usr/bin:/bin");
        add("--cap-drop", "ALL");
        if (sources.workspace() instanceof WorkspaceMount.Overlay) {
            // root of the outer namespace until the guest has mounted, then the owner in its own
            add("--uid", "0", "--gid", "0");
            add("--cap-add", "CAP_SYS_ADMIN", "--cap-add", "CAP_DAC_OVERRIDE");
            add("--cap-add", "CAP_SETPCAP", "--cap-add", "CAP_SETFCAP");
        } else {
            add("--uid", String.valueOf(spec.uid()), "--gid", String.valueOf(spec.gid()));
        }
    }

    private void addSystem() {
        for (var part : host.folders()) {
            arguments.addAll(shown(part));
        }
        add("--ro-bind", sources.etc().toString(), "/etc");
        for (var part : host.etc()) {
            if (part instanceof Part.Folder) {
                arguments.addAll(shown(part));
            }
        }
    }

    /** What shows a part of the host at its own place. */
    static List<String> shown(Part part) {
        var path = part.path().toString();
        return switch (part) {
            case Part.Folder _, Part.File _ -> List.of("--ro-bind", path, path);
            case Part.Link(var _, var target) -> List.of("--symlink", target, path);
        };
    }

    private void addKernelFolders() {
        add("--proc", "/proc");
        host.hiddenProc().forEach(this::hide);
        if (spec.uid() == 0) {
            host.hiddenFromRoot().forEach(this::hide);
            host.readOnlyForRoot().forEach(part -> arguments.addAll(shown(part)));
        }
        add("--dev", "/dev");
        addTmpfs("1777", SHARED_MEMORY_BYTES, "/dev/shm");
        add("--remount-ro", "/dev");
    }

    private void hide(Part part) {
        var path = part.path().toString();
        switch (part) {
            case Part.Folder _ -> add("--tmpfs", path, "--remount-ro", path);
            case Part.File _, Part.Link _ -> add("--ro-bind", "/dev/null", path);
        }
    }

    private void addWritableFolders() {
        long half = Math.min(spec.limits().diskBytes(), spec.limits().memoryBytes() / 2);
        addTmpfs("1777", half, "/tmp");
        add("--dir", "/home", "--dir", "/var"); // made on the way, they would be closed
        addTmpfs("0700", half, "/home/agent");
        add("--symlink", "../tmp", "/var/tmp");
    }

    private void addWorkspace() {
        switch (sources.workspace()) {
            case WorkspaceMount.Overlay overlay -> {
                add("--dir", "/workspace");
                add("--ro-bind", overlay.lower().toString(), LAYERS + "/lower");
                add("--bind", Sources.layers(overlay).toString(), LAYERS + "/session");
            }
            case WorkspaceMount.Folder(var folder) ->
                    add("--bind", folder.toString(), "/workspace");
            case WorkspaceMount.Streamed _ -> {
                long size = Math.min(spec.limits().diskBytes(), spec.limits().memoryBytes());
                addTmpfs("0755", size, "/workspace");
            }
        }
    }

    private void addGuestDuties() {
        if (sources.workspace() instanceof WorkspaceMount.Overlay(var _, var upper, var work)) {
            add("--mount-overlay", LAYERS + "/lower");
            add(LAYERS + "/session/" + upper.getFileName());
            add(LAYERS + "/session/" + work.getFileName());
            add("--detach", LAYERS + "/lower", "--detach", LAYERS + "/session");
            add("--become", String.valueOf(spec.uid()), String.valueOf(spec.gid()));
        }
        if (!(sources.workspace() instanceof WorkspaceMount.Streamed)) { // which has a size
            add("--disk", String.valueOf(spec.limits().diskBytes()));
        }
        add("--drop");
    }

    private void addTmpfs(String mode, long bytes, String path) {
        add("--perms", mode, "--size", String.valueOf(bytes), "--tmpfs", path);
    }

    private void add(String... more) {
        arguments.addAll(List.of(more));
    }
}
