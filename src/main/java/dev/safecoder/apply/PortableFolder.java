package dev.safecoder.apply;

import dev.safecoder.path.RelativePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A folder where the system's own calls are not at hand. It is known by its path, and every step
 * first looks whether the path still leads to the same folder; a link that is put there between the
 * look and the step would be followed. Nobody but the user can do that: the agent cannot write
 * here.
 */
final class PortableFolder implements HostFolder {
    private static final int PLAIN_FILE = 0644;
    private static final int PLAIN_FOLDER = 0755;

    private final Path folder;
    private final HostEntry opened;

    private PortableFolder(Path folder, HostEntry opened) {
        this.folder = folder;
        this.opened = opened;
    }

    static HostFolder open(Path folder) throws IOException {
        return openReal(folder.toRealPath());
    }

    private static PortableFolder openReal(Path folder) throws IOException {
        var seen = entry(folder);
        if (!seen.isFolder()) {
            throw new NotDirectoryException(folder.toString());
        }
        return new PortableFolder(folder, seen);
    }

    private static HostEntry entry(Path path) throws IOException {
        var basic =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        long modified = basic.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        var kind = kind(basic);
        if (!isUnix(path)) {
            int mode = kind == HostEntry.Kind.FOLDER ? PLAIN_FOLDER : PLAIN_FILE;
            return new HostEntry(kind, mode, 0, 0, basic.size(), 0, 0, modified);
        }
        var unix =
                Files.readAttributes(path, "unix:mode,uid,gid,ino,dev", LinkOption.NOFOLLOW_LINKS);
        return new HostEntry(
                kind,
                (int) number(unix, "mode") & 07777,
                (int) number(unix, "uid"),
                (int) number(unix, "gid"),
                basic.size(),
                number(unix, "ino"),
                number(unix, "dev"),
                modified);
    }

    private static long number(Map<String, Object> seen, String name) {
        return ((Number) Objects.requireNonNull(seen.get(name))).longValue();
    }

    private static boolean isUnix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    private static HostEntry.Kind kind(BasicFileAttributes seen) {
        if (seen.isSymbolicLink()) {
            return HostEntry.Kind.LINK;
        }
        if (seen.isOther()) {
            return HostEntry.Kind.OTHER; // a junction of Windows says that it is a folder, too
        }
        return seen.isDirectory() ? HostEntry.Kind.FOLDER : HostEntry.Kind.FILE;
    }

    /** The full path of a name, once it is sure that this is still the folder that was opened. */
    private Path at(RelativePath name) throws IOException {
        if (!entry(folder).isStill(opened)) {
            throw new NotDirectoryException(folder.toString());
        }
        return child(name);
    }

    private Path child(RelativePath name) throws IOException {
        if (name.parent().isPresent()) {
            throw new IllegalArgumentException("'%s' is more than one name".formatted(name));
        }
        var text =
                name.utf8()
                        .orElseThrow(
                                () ->
                                        new FileSystemException(
                                                name.toString(), null, "not valid UTF-8"));
        return folder.resolve(text);
    }

    @Override
    public Optional<HostEntry> look(RelativePath name) throws IOException {
        try {
            return Optional.of(entry(at(name)));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    @Override
    public HostEntry look() throws IOException {
        return entry(folder);
    }

    @Override
    public List<RelativePath> names() throws IOException {
        var names = new ArrayList<RelativePath>();
        try (var entries = Files.newDirectoryStream(folder)) {
            for (var entry : entries) {
                var raw = entry.getFileName().toString().getBytes(StandardCharsets.UTF_8);
                if (RelativePath.parse(raw) instanceof RelativePath.Parsed.Valid(var name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    @Override
    public boolean isWritable() {
        return Files.isWritable(folder);
    }

    @Override
    public HostFolder open(RelativePath name) throws IOException {
        return openReal(at(name));
    }

    @Override
    public void make(RelativePath name, int mode) throws IOException {
        var path = at(name);
        if (isUnix(path)) {
            Files.createDirectory(path, PosixFilePermissions.asFileAttribute(permissions(mode)));
        } else {
            Files.createDirectory(path);
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        var all = EnumSet.noneOf(PosixFilePermission.class);
        var inOrder = PosixFilePermission.values();
        for (int bit = 0; bit < inOrder.length; bit++) {
            if ((mode & 0400 >> bit) != 0) {
                all.add(inOrder[bit]);
            }
        }
        return all;
    }

    @Override
    public HostFile create(RelativePath name, int mode) throws IOException {
        var path = at(name);
        var how =
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS);
        return new PortableFile(
                path,
                isUnix(path)
                        ? FileChannel.open(
                                path, how, PosixFilePermissions.asFileAttribute(permissions(mode)))
                        : FileChannel.open(path, how));
    }

    private record PortableFile(Path path, FileChannel channel) implements HostFile {
        @Override
        public void write(byte[] bytes, int length) throws IOException {
            var rest = ByteBuffer.wrap(bytes, 0, length);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }

        @Override
        public void grant(Rights rights) throws IOException {
            setRights(path, rights);
        }

        @Override
        public void sync() throws IOException {
            channel.force(true);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** An owner other than the user needs root, who has the system's own calls. */
    private static void setRights(Path path, Rights rights) throws IOException {
        if (isUnix(path)) {
            Files.setPosixFilePermissions(path, permissions(rights.mode()));
        }
    }

    @Override
    public InputStream read(RelativePath name) throws IOException {
        var path = at(name);
        if (entry(path).kind() != HostEntry.Kind.FILE) {
            throw new FileSystemException(path.toString(), null, "not a regular file");
        }
        return Channels.newInputStream(
                FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    public byte[] target(RelativePath name) throws IOException {
        return Files.readSymbolicLink(at(name)).toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void link(RelativePath name, byte[] target) throws IOException {
        Files.createSymbolicLink(at(name), Path.of(new String(target, StandardCharsets.UTF_8)));
    }

    @Override
    public void grant(RelativePath name, Rights rights) throws IOException {
        setRights(at(name), rights);
    }

    @Override
    public void move(RelativePath name, HostFolder to, RelativePath newName) throws IOException {
        Files.move(at(name), ((PortableFolder) to).at(newName));
    }

    @Override
    public boolean exchange(RelativePath name, HostFolder with, RelativePath otherName) {
        return false;
    }

    @Override
    public void replace(RelativePath name, RelativePath newName) throws IOException {
        Files.move(at(name), at(newName), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(RelativePath name) throws IOException {
        Files.delete(at(name));
    }

    @Override
    public void deleteFolder(RelativePath name) throws IOException {
        Files.delete(at(name));
    }

    @Override
    public void sync() throws IOException {
        if (!isUnix(folder)) {
            return; // Windows has no way to do it, and NTFS journals its names
        }
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void close() {}
}
