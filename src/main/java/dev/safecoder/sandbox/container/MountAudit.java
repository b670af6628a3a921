package dev.safecoder.sandbox.container;

import dev.safecoder.sandbox.MountPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the kernel shows mounted in a container, against all that may be. */
final class MountAudit {
    /** Of the kernel's own; engines show some of them read-only, and cover others. */
    private static final Set<String> KERNEL_TYPES =
            Set.of("proc", "sysfs", "cgroup", "cgroup2", "devpts", "mqueue");

    /** Of them, those that hold nothing beyond the container's own processes. */
    private static final Set<String> WRITABLE_KERNEL_TYPES = Set.of("proc", "devpts", "mqueue");

    /** Where every engine puts memory of its own. */
    private static final Set<String> ENGINE_TMPFS = Set.of("/dev", "/dev/shm", "/sys/fs/cgroup");

    private static final Set<String> FROM_DISK =
            Set.of(
                    "/",
                    ContainerPlan.WORKSPACE,
                    ContainerPlan.GUEST_FOLDER,
                    ContainerPlan.UPPER,
                    "/etc/hosts",
                    "/etc/hostname",
                    "/etc/resolv.conf",
                    "/run/.containerenv");

    private static final Set<String> WRITABLE_FROM_DISK = Set.of(ContainerPlan.WORKSPACE);

    private MountAudit() {}

    /**
     * Whatever is there beyond what may be, a line each.
     *
     * @param tmpfs where the container was given memory to write to
     */
    static List<String> findings(List<MountPoint> mounts, Set<String> tmpfs) {
        var found = new ArrayList<String>();
        for (var mount : mounts) {
            if (!isKnown(mount, tmpfs)) {
                found.add("%s is mounted at '%s'".formatted(mount.type(), mount.path()));
            } else if (!mount.isReadOnly() && !mayBeWritten(mount)) {
                found.add("'%s' is writable".formatted(mount.path()));
            }
        }
        for (var path : List.of("/", ContainerPlan.WORKSPACE)) {
            if (mounts.stream().noneMatch(mount -> mount.path().equals(path))) {
                found.add("nothing is mounted at '%s'".formatted(path));
            }
        }
        return found;
    }

    private static boolean isKnown(MountPoint mount, Set<String> tmpfs) {
        var path = mount.path();
        if (mount.type().equals("tmpfs")) {
            return mount.isReadOnly()
                    || tmpfs.contains(path)
                    || ENGINE_TMPFS.contains(path)
                    || FROM_DISK.contains(path) // of a scratch or state folder in memory
                    || covers(mount);
        }
        return KERNEL_TYPES.contains(mount.type()) || FROM_DISK.contains(path);
    }

    /** The null device over a file of the kernel. */
    private static boolean covers(MountPoint mount) {
        boolean kernels = mount.path().startsWith("/proc/") || mount.path().startsWith("/sys/");
        return kernels && mount.root().equals("/null");
    }

    private static boolean mayBeWritten(MountPoint mount) {
        return WRITABLE_KERNEL_TYPES.contains(mount.type())
                || WRITABLE_FROM_DISK.contains(mount.path())
                || mount.type().equals("tmpfs") && !FROM_DISK.contains(mount.path());
    }

    /** In words, what the workspace's own mount leaves to the rest of the wall. */
    static String workspaceOptions(List<MountPoint> mounts) {
        var missing = new ArrayList<>(List.of("nosuid", "nodev"));
        mounts.stream()
                .filter(mount -> mount.path().equals(ContainerPlan.WORKSPACE))
                .forEach(mount -> missing.removeAll(mount.options()));
        return missing.isEmpty()
                ? ""
                : "; /workspace is without %s, which no capability and no new privileges make up for"
                        .formatted(String.join(" and ", missing));
    }
}
