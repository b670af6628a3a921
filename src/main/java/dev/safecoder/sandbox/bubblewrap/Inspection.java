package dev.safecoder.sandbox.bubblewrap;

import dev.safecoder.sandbox.Guarantee;
import dev.safecoder.sandbox.Guarantee.Level;
import dev.safecoder.sandbox.Guarantee.Name;
import dev.safecoder.sandbox.MountPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The wall as the kernel shows it from outside, in {@code /proc} of the sandbox's first process:
 * never what we asked for, always what is.
 */
final class Inspection {
    private static final List<String> NAMESPACES =
            List.of("cgroup", "ipc", "mnt", "net", "pid", "user", "uts");

    private static final Set<String> WRITABLE =
            Set.of("/workspace", "/tmp", "/home/agent", "/dev/shm", "/dev/pts", "/proc");

    /**
     * Devices that bubblewrap shows; each is a mount of its own, and writing to one is harmless.
     */
    private static final Set<String> DEVICES =
            Set.of(
                    "/dev/null",
                    "/dev/zero",
                    "/dev/full",
                    "/dev/random",
                    "/dev/urandom",
                    "/dev/tty",
                    "/dev/console");

    private static final Set<String> WITHOUT_FILES = Set.of("proc", "devpts");

    private static final List<String> CAPABILITIES =
            List.of("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb");

    private final Path root;
    private final Path process;
    private final Map<String, String> status = new HashMap<>();

    private Inspection(Path root, Path process) {
        this.root = root;
        this.process = process;
    }

    /** Every guarantee once, in the order of their names' declaration. */
    static List<Guarantee> of(Path root, long pid) {
        var inspection = new Inspection(root, root.resolve("proc/" + pid));
        try {
            return inspection.all(pid);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Guarantee> all(long pid) throws IOException {
        for (var line : Files.readAllLines(process.resolve("status"))) {
            var colon = line.indexOf(':');
            status.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        var limits = ControlGroupLimits.read(root, String.valueOf(pid));
        var mounts = MountPoint.readAll(process.resolve("mountinfo"));
        return List.of(
                kernel(),
                fileSystem(mounts),
                network(),
                limits.memory(process),
                limits.cpu(),
                limits.pids(process),
                disk(mounts),
                systemCalls(),
                privileges());
    }

    private Guarantee kernel() throws IOException {
        var shared = new TreeSet<String>();
        for (var name : NAMESPACES) {
            if (namespace(process, name).equals(namespace(root.resolve("proc/self"), name))) {
                shared.add(name);
            }
        }
        return shared.isEmpty()
                ? new Guarantee(
                        Name.KERNEL,
                        Level.PARTIAL,
                        "the host's kernel, behind namespaces of its own: "
                                + String.join(", ", NAMESPACES))
                : new Guarantee(
                        Name.KERNEL,
                        Level.ABSENT,
                        "namespaces shared with the host: " + String.join(", ", shared));
    }

    private static String namespace(Path process, String name) throws IOException {
        return Files.readSymbolicLink(process.resolve("ns").resolve(name)).toString();
    }

    private Guarantee fileSystem(List<MountPoint> mounts) {
        var holes = new ArrayList<String>();
        var writable = new TreeSet<String>();
        if (isRoot() && mounts.stream().noneMatch(Inspection::protectsKernel)) {
            holes.add("/proc/sys is root's to write to");
        }
        for (var mount : mounts) {
            if (mount.path().equals("/") && !mount.type().equals("tmpfs")) {
                holes.add("/ is a %s".formatted(mount.type()));
            }
            if (!mount.isReadOnly() && !DEVICES.contains(mount.path())) {
                writable.add(mount.path());
            }
        }
        writable.stream()
                .filter(path -> !WRITABLE.contains(path))
                .map(path -> path + " is writable")
                .forEach(holes::add);
        return holes.isEmpty()
                ? new Guarantee(
                        Name.FILE_SYSTEM,
                        Level.ENFORCED,
                        "%d mounts, writable only: %s"
                                .formatted(mounts.size(), String.join(", ", writable)))
                : new Guarantee(Name.FILE_SYSTEM, Level.ABSENT, String.join(", ", holes));
    }

    /** As the host counts users: root of the sandbox alone is nobody here. */
    private boolean isRoot() {
        return String.valueOf(status.get("Uid")).startsWith("0\t");
    }

    private static boolean protectsKernel(MountPoint mount) {
        return mount.path().equals("/proc/sys") && mount.isReadOnly();
    }

    private Guarantee network() throws IOException {
        var interfaces = new TreeSet<String>();
        for (var line : Files.readAllLines(process.resolve("net/dev"))) {
            if (line.contains(":")) {
                interfaces.add(line.substring(0, line.indexOf(':')).strip());
            }
        }
        boolean own =
                !namespace(process, "net").equals(namespace(root.resolve("proc/self"), "net"));
        return new Guarantee(
                Name.NETWORK,
                own && interfaces.equals(Set.of("lo")) ? Level.ENFORCED : Level.ABSENT,
                "%s network namespace, interfaces: %s"
                        .formatted(own ? "its own" : "the host's", String.join(", ", interfaces)));
    }

    private Guarantee disk(List<MountPoint> mounts) throws IOException {
        var unlimited = new TreeSet<String>();
        for (var mount : mounts) {
            boolean holdsFiles =
                    !mount.isReadOnly()
                            && !DEVICES.contains(mount.path())
                            && !WITHOUT_FILES.contains(mount.type());
            if (holdsFiles && !mount.superOptions().contains("size=")) {
                unlimited.add(mount.path());
            }
        }
        if (unlimited.isEmpty()) {
            return new Guarantee(Name.DISK, Level.ENFORCED, "every writable mount has a size");
        }
        var where = String.join(", ", unlimited);
        var fileSize = ProcessLimits.read(process).soft("Max file size");
        return fileSize.isEmpty() || !isWatched()
                ? new Guarantee(Name.DISK, Level.ABSENT, "no limit in " + where)
                : new Guarantee(
                        Name.DISK,
                        Level.PARTIAL,
                        "in %s one file has at most %d bytes; no quota for all, the guest ends"
                                        .formatted(where, fileSize.getAsLong())
                                + " commands that take more or of the last 1 GiB");
    }

    /** Whether the first process, the guest, was told to look at what is free. */
    private boolean isWatched() throws IOException {
        var line = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        return List.of(line.split("\0")).contains("--disk");
    }

    private Guarantee systemCalls() {
        boolean filtered = "2".equals(status.get("Seccomp"));
        return new Guarantee(
                Name.SYSCALLS,
                filtered ? Level.ENFORCED : Level.ABSENT,
                "Seccomp: " + status.get("Seccomp"));
    }

    private Guarantee privileges() {
        var held = new ArrayList<String>();
        for (var name : CAPABILITIES) {
            if (!"0000000000000000".equals(status.get(name))) {
                held.add(name + ": " + status.get(name));
            }
        }
        if (!"1".equals(status.get("NoNewPrivs"))) {
            held.add("NoNewPrivs: " + status.get("NoNewPrivs"));
        }
        return held.isEmpty()
                ? new Guarantee(
                        Name.PRIVILEGES, Level.ENFORCED, "no capability in any set, NoNewPrivs: 1")
                : new Guarantee(Name.PRIVILEGES, Level.ABSENT, String.join(", ", held));
    }
}
