package dev.safecoder.sandbox.bubblewrap;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What of this host a sandbox is built from: the system's folders and the few files of {@code /etc}
 * that programs need. A fixed list, so that a host's secret is never inside because nobody thought
 * of it.
 *
 * @param folders the system's folders, and links to them
 * @param etc what of {@code /etc} is to be inside
 * @param hiddenProc what of {@code /proc} nobody may see inside
 * @param hiddenFromRoot what of it only root could see
 * @param readOnlyForRoot what of it only root could write to
 * @param uid as whom we run
 */
record HostSystem(
        List<Part> folders,
        List<Part> etc,
        List<Part> hiddenProc,
        List<Part> hiddenFromRoot,
        List<Part> readOnlyForRoot,
        String architecture,
        int uid,
        int gid) {
    private static final List<String> FOLDERS =
            List.of("usr", "bin", "sbin", "lib", "lib32", "lib64", "libx32", "opt");

    /** Names below /etc; a star stands for anything. */
    private static final List<String> ETC =
            List.of(
                    "alternatives",
                    "bash.bashrc",
                    "crypto-policies",
                    "debian_version",
                    "fonts",
                    "inputrc",
                    "java*",
                    "ld-musl-*.path",
                    "ld.so.cache",
                    "locale.alias",
                    "locale.conf",
                    "localtime",
                    "magic",
                    "maven/m2.conf",
                    "mime.types",
                    "os-release",
                    "perl",
                    "pki/ca-trust/extracted",
                    "pki/java",
                    "pki/tls/cert.pem",
                    "pki/tls/certs",
                    "pki/tls/openssl.cnf",
                    "protocols",
                    "python*",
                    "redhat-release",
                    "services",
                    "ssl/cert.pem",
                    "ssl/certs",
                    "ssl/openssl.cnf",
                    "timezone");

    /** What everybody may read of the host and its hardware. */
    private static final List<String> HIDDEN_PROC =
            List.of(
                    "acpi",
                    "asound",
                    "interrupts",
                    "keys",
                    "latency_stats",
                    "sched_debug",
                    "scsi",
                    "timer_stats");

    /** What only root may open, and then without any capability. */
    private static final List<String> ROOTS_PROC =
            List.of(
                    "kcore",
                    "kmsg",
                    "kpagecgroup",
                    "kpagecount",
                    "kpageflags",
                    "mtrr",
                    "slabinfo",
                    "sysrq-trigger",
                    "timer_list",
                    "vmallocinfo");

    /** Folders of files that set the kernel; they ask who owns a process, not what it may. */
    private static final List<String> READ_ONLY_PROC = List.of("bus", "fs", "irq", "sys");

    /** One thing of the host, by the path that it has on the host and inside. */
    sealed interface Part {
        Path path();

        /** A folder with all that is in it. */
        record Folder(Path path) implements Part {}

        /** A file, or what a link to one leads to. */
        record File(Path path) implements Part {}

        /** A link into a folder that is inside, too. */
        record Link(Path path, String target) implements Part {}
    }

    HostSystem {
        folders = List.copyOf(folders);
        etc = List.copyOf(etc);
        hiddenProc = List.copyOf(hiddenProc);
        hiddenFromRoot = List.copyOf(hiddenFromRoot);
        readOnlyForRoot = List.copyOf(readOnlyForRoot);
    }

    /** Looks at the system below {@code root}, as this process. */
    static HostSystem find(Path root) throws IOException {
        var self = root.resolve("proc/self");
        return new HostSystem(
                find(root, "", FOLDERS),
                find(root, "etc", ETC),
                find(root, "proc", HIDDEN_PROC),
                find(root, "proc", ROOTS_PROC),
                find(root, "proc", READ_ONLY_PROC),
                architecture(System.getProperty("os.arch")),
                (int) Files.getAttribute(self, "unix:uid"),
                (int) Files.getAttribute(self, "unix:gid"));
    }

    private static List<Part> find(Path root, String folder, List<String> names)
            throws IOException {
        var parts = new ArrayList<Part>();
        for (var name : names) {
            for (var found : matching(root.resolve(folder), name)) {
                part(root, found).ifPresent(parts::add);
            }
        }
        return parts;
    }

    /** Linux's name of what Java calls it. */
    static String architecture(String java) {
        return java.equals("amd64") ? "x86_64" : java;
    }

    private static List<Path> matching(Path folder, String name) throws IOException {
        if (!name.contains("*")) {
            return List.of(folder.resolve(name));
        }
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, name)) {
            var sorted = new ArrayList<Path>();
            found.forEach(sorted::add);
            sorted.sort(null);
            return sorted;
        }
    }

    private static Optional<Part> part(Path root, Path found) throws IOException {
        var inside = Path.of("/").resolve(root.relativize(found));
        if (Files.isSymbolicLink(found) && leadsIntoUsr(root, found)) {
            return Optional.of(new Part.Link(inside, Files.readSymbolicLink(found).toString()));
        }
        if (Files.isDirectory(found)) {
            return Optional.of(new Part.Folder(inside));
        }
        return Files.isRegularFile(found) ? Optional.of(new Part.File(inside)) : Optional.empty();
    }

    private static boolean leadsIntoUsr(Path root, Path link) throws IOException {
        var target = Files.readSymbolicLink(link);
        var meant =
                target.isAbsolute()
                        ? root.resolve(target.subpath(0, target.getNameCount()))
                        : link.resolveSibling(target);
        return meant.normalize().startsWith(root.resolve("usr"))
                && Files.exists(meant, LinkOption.NOFOLLOW_LINKS);
    }
}
