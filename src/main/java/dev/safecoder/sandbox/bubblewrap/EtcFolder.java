package dev.safecoder.sandbox.bubblewrap;

import dev.safecoder.sandbox.bubblewrap.HostSystem.Part;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The {@code /etc} of a sandbox, made by us in one folder, because every mount costs time: our own
 * accounts, names and services, copies of the host's files that everybody may read, and a place for
 * each folder that is to be mounted.
 */
final class EtcFolder {
    private static final Set<PosixFilePermission> FILE =
            PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> FOLDER =
            PosixFilePermissions.fromString("rwxr-xr-x");

    private EtcFolder() {}

    /** Makes it. */
    static void write(Path folder, HostSystem host, int uid, int gid) throws IOException {
        Files.createDirectories(folder);
        for (var part : host.etc()) {
            var made = folder.resolve(Path.of("/etc").relativize(part.path()));
            Files.createDirectories(Objects.requireNonNull(made.getParent()));
            switch (part) {
                case Part.Folder _ -> Files.createDirectories(made);
                case Part.File(var path) -> copy(path, made);
                case Part.Link(var _, var target) ->
                        Files.createSymbolicLink(made, Path.of(target));
            }
        }
        for (var file : accounts(uid, gid).entrySet()) {
            var content = Objects.requireNonNull(file.getValue());
            Files.writeString(folder.resolve(file.getKey()), content);
        }
        open(folder);
    }

    private static void copy(Path from, Path to) throws IOException {
        if (Files.getPosixFilePermissions(from).contains(PosixFilePermission.OTHERS_READ)) {
            Files.copy(from, to);
        }
    }

    /** The owner of the project is not always the user who makes this. */
    private static void open(Path folder) throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes seen)
                            throws IOException {
                        Files.setPosixFilePermissions(path, FOLDER);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path path, BasicFileAttributes seen)
                            throws IOException {
                        if (seen.isRegularFile()) {
                            Files.setPosixFilePermissions(path, FILE);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    /** Our own files: content by name. */
    static Map<String, String> accounts(int uid, int gid) {
        var files = new LinkedHashMap<String, String>();
        files.put("passwd", passwd(uid, gid));
        files.put("group", group(gid));
        files.put("hosts", "127.0.0.1 localhost safe-coder\n::1 localhost safe-coder\n");
        files.put("nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n");
        return files;
    }

    private static String passwd(int uid, int gid) {
        var user = "%s:x:%d:%d::/home/agent:/bin/sh\n";
        var nobody = "nobody:x:65534:65534::/nonexistent:/bin/false\n";
        return uid == 0
                ? user.formatted("root", uid, gid) + nobody
                : "root:x:0:0::/nonexistent:/bin/false\n"
                        + user.formatted("agent", uid, gid)
                        + nobody;
    }

    private static String group(int gid) {
        var agent = gid == 0 ? "" : "agent:x:%d:\n".formatted(gid);
        return "root:x:0:\n" + agent + "nogroup:x:65534:\n";
    }
}
