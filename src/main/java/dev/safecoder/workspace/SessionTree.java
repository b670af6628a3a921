package dev.safecoder.workspace;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A session's own folder, into which the agent may have written: made private, and removed without
 * ever following what lies in it.
 */
public final class SessionTree {
    private final Path folder;

    private SessionTree(Path folder) {
        this.folder = folder;
    }

    /** A folder of ours that is there already, or not any more. */
    public static SessionTree at(Path folder) {
        return new SessionTree(folder);
    }

    /** A new private folder (0700). */
    public static SessionTree make(Path folder) throws IOException {
        if (UnixFile.isUnix(folder)) {
            var mode = PosixFilePermissions.fromString("rwx------");
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(mode));
        } else {
            Files.createDirectories(folder);
        }
        return new SessionTree(folder);
    }

    /** Where it lies. */
    public Path folder() {
        return folder;
    }

    /** A folder in it with the mode and the owner of another. */
    Path folderLike(String name, Path like) throws IOException {
        var made = folder.resolve(name);
        if (!Files.isDirectory(made, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(made);
        }
        if (UnixFile.isUnix(made)) {
            var seen = UnixFile.at(like);
            Files.setPosixFilePermissions(made, Files.getPosixFilePermissions(like));
            own(made, seen.uid(), seen.gid());
        }
        return made;
    }

    /** Gives a path of ours to an owner, when it is not theirs already. Links are not followed. */
    static void own(Path path, int uid, int gid) throws IOException {
        var seen = UnixFile.at(path);
        if (seen.uid() != uid) {
            Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
        }
        if (seen.gid() != gid) {
            Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** Deletes all of it; nothing when it is not there. */
    public void remove() throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> opened = Files.newDirectoryStream(folder)) {
            if (opened instanceof SecureDirectoryStream<Path> secure) {
                removeBelow(secure);
            } else {
                throw new IOException("'%s' cannot be removed safely here".formatted(folder));
            }
        }
        Files.delete(folder);
    }

    /** Goes down by handles, one name at a time; a folder is emptied before it is deleted. */
    private static void removeBelow(SecureDirectoryStream<Path> top) throws IOException {
        var open = new ArrayDeque<Level>();
        open.push(new Level(top, null));
        while (!open.isEmpty()) {
            var level = open.peek();
            if (!level.entries.hasNext()) {
                open.pop();
                if (level.name != null && open.peek() != null) {
                    level.stream.close();
                    open.peek().stream.deleteDirectory(level.name);
                }
                continue;
            }
            var name = level.entries.next().getFileName();
            var view =
                    level.stream.getFileAttributeView(
                            name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            if (view.readAttributes().isDirectory()) {
                open.push(new Level(enter(level.stream, name), name));
            } else {
                level.stream.deleteFile(name);
            }
        }
    }

    /** A folder that the agent closed (0000) is opened first; it is ours or we are root. */
    private static SecureDirectoryStream<Path> enter(SecureDirectoryStream<Path> in, Path name)
            throws IOException {
        in.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setPermissions(
                        EnumSet.of(
                                PosixFilePermission.OWNER_READ,
                                PosixFilePermission.OWNER_WRITE,
                                PosixFilePermission.OWNER_EXECUTE));
        return in.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
    }

    /** One open folder on the way down. */
    private static final class Level {
        private final SecureDirectoryStream<Path> stream;
        private final Iterator<Path> entries;
        private final @Nullable Path name;

        Level(SecureDirectoryStream<Path> stream, @Nullable Path name) {
            this.stream = stream;
            this.entries = stream.iterator();
            this.name = name;
        }
    }
}
