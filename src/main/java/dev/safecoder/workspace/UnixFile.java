package dev.safecoder.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;

/**
 * What the host says of one path, without following a link. Where the system has no inodes, the
 * owner is 1000, the mode 0644, and the time of the last modification stands for the change time.
 */
record UnixFile(int uid, int gid, int mode, FileTime changed, long size, Kind kind) {
    /** What lies at the path. */
    enum Kind {
        FILE,
        FOLDER,
        LINK,
        OTHER
    }

    static UnixFile at(Path path) throws IOException {
        var basic =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!isUnix(path)) {
            return new UnixFile(
                    1000, 1000, 0644, basic.lastModifiedTime(), basic.size(), kind(basic));
        }
        var unix = Files.readAttributes(path, "unix:uid,gid,mode,ctime", LinkOption.NOFOLLOW_LINKS);
        return new UnixFile(
                number(unix, "uid"),
                number(unix, "gid"),
                number(unix, "mode"),
                (FileTime) Objects.requireNonNull(unix.get("ctime")),
                basic.size(),
                kind(basic));
    }

    static boolean isUnix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    private static int number(Map<String, Object> seen, String name) {
        return (Integer) Objects.requireNonNull(seen.get(name));
    }

    private static Kind kind(BasicFileAttributes seen) {
        if (seen.isSymbolicLink()) {
            return Kind.LINK;
        }
        if (seen.isDirectory()) {
            return Kind.FOLDER;
        }
        return seen.isRegularFile() ? Kind.FILE : Kind.OTHER;
    }
}
