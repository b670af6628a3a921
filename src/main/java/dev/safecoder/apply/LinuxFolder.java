package dev.safecoder.apply;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.safecoder.apply.LinuxCalls.Call;
import dev.safecoder.path.RelativePath;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A folder held by its file descriptor: what it means cannot be changed by renaming around it. */
final class LinuxFolder implements HostFolder {
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_REMOVEDIR = 0x200;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int AT_EACCESS = 0x200;
    private static final int WRITE_AND_SEARCH = 3;
    private static final int STATX_BASIC_AND_MOUNT = 0x7ff | 0x1000;
    private static final int STATX_BYTES = 256;
    private static final int MOST_TARGET_BYTES = 4_096;
    private static final int LISTING_BYTES = 1 << 16;

    private final int descriptor;
    private final String where;

    private LinuxFolder(int descriptor, String where) {
        this.descriptor = descriptor;
        this.where = where;
    }

    /** Opens by full path; links above and in the last name are followed, as the user meant. */
    static HostFolder open(Path folder) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var where = folder.toAbsolutePath().toString();
            long name = arena.allocateFrom(where, StandardCharsets.UTF_8).address();
            int flags = LinuxCalls.FOLDER;
            long opened =
                    LinuxCalls.call(where, Call.OPENAT, LinuxCalls.AT_FDCWD, name, flags, 0, 0);
            return new LinuxFolder((int) opened, where);
        }
    }

    @Override
    public Optional<HostEntry> look(RelativePath name) throws IOException {
        try {
            return Optional.of(status(name.bytes(), AT_SYMLINK_NOFOLLOW, said(name)));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    @Override
    public HostEntry look() throws IOException {
        return status(new byte[0], AT_EMPTY_PATH, where);
    }

    private HostEntry status(byte[] name, int flags, String subject) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var seen = arena.allocate(STATX_BYTES, 8);
            LinuxCalls.call(
                    subject,
                    Call.STATX,
                    descriptor,
                    text(arena, name),
                    flags,
                    STATX_BASIC_AND_MOUNT,
                    seen.address());
            int mode = Short.toUnsignedInt(seen.get(JAVA_SHORT, 28));
            return new HostEntry(
                    kind(mode),
                    mode & 07777,
                    seen.get(JAVA_INT, 20),
                    seen.get(JAVA_INT, 24),
                    seen.get(JAVA_LONG, 40),
                    seen.get(JAVA_LONG, 32),
                    seen.get(JAVA_LONG, 144),
                    seen.get(JAVA_LONG, 112) * 1_000_000_000L + seen.get(JAVA_INT, 120));
        }
    }

    private static HostEntry.Kind kind(int mode) {
        return switch (mode & 0170000) {
            case 0100000 -> HostEntry.Kind.FILE;
            case 0040000 -> HostEntry.Kind.FOLDER;
            case 0120000 -> HostEntry.Kind.LINK;
            default -> HostEntry.Kind.OTHER;
        };
    }

    @Override
    public List<RelativePath> names() throws IOException {
        var names = new ArrayList<RelativePath>();
        // a descriptor of its own, because the place in a listing belongs to the descriptor
        try (var arena = Arena.ofConfined();
                var listing =
                        new LinuxFolder(openAt(dot(arena), LinuxCalls.FOLDER, where), where)) {
            var buffer = arena.allocate(LISTING_BYTES, 8);
            while (true) {
                long length =
                        LinuxCalls.call(
                                where,
                                Call.GETDENTS64,
                                listing.descriptor,
                                buffer.address(),
                                LISTING_BYTES,
                                0,
                                0);
                if (length == 0) {
                    return names;
                }
                for (long at = 0; at < length; ) {
                    name(buffer, at + 19).ifPresent(names::add);
                    at += Short.toUnsignedInt(buffer.get(JAVA_SHORT, at + 16));
                }
            }
        }
    }

    private static long dot(Arena arena) {
        return text(arena, new byte[] {'.'});
    }

    /** Only {@code .} and {@code ..} are no valid names in what a kernel lists. */
    private static Optional<RelativePath> name(MemorySegment buffer, long start) {
        long end = start;
        while (buffer.get(JAVA_BYTE, end) != 0) {
            end++;
        }
        var raw = buffer.asSlice(start, end - start).toArray(JAVA_BYTE);
        return switch (RelativePath.parse(raw)) {
            case RelativePath.Parsed.Valid(var path) -> Optional.of(path);
            case RelativePath.Parsed.Invalid _ -> Optional.empty();
        };
    }

    @Override
    public boolean isWritable() throws IOException {
        try (var arena = Arena.ofConfined()) {
            LinuxCalls.call(
                    where,
                    Call.FACCESSAT2,
                    descriptor,
                    dot(arena),
                    WRITE_AND_SEARCH,
                    AT_EACCESS,
                    0);
            return true;
        } catch (AccessDeniedException denied) {
            return false;
        } catch (LinuxCalls.Failure failure) {
            if (failure.errno() == LinuxCalls.EROFS) {
                return false;
            }
            throw failure;
        }
    }

    @Override
    public HostFolder open(RelativePath name) throws IOException {
        try (var arena = Arena.ofConfined()) {
            int flags = LinuxCalls.FOLDER | LinuxCalls.NOFOLLOW;
            return new LinuxFolder(openAt(one(arena, name), flags, said(name)), said(name));
        }
    }

    private int openAt(long name, int flags, String subject) throws IOException {
        return (int) LinuxCalls.call(subject, Call.OPENAT, descriptor, name, flags, 0, 0);
    }

    @Override
    public void make(RelativePath name, int mode) throws IOException {
        try (var arena = Arena.ofConfined()) {
            LinuxCalls.call(said(name), Call.MKDIRAT, descriptor, one(arena, name), mode, 0, 0);
        }
    }

    @Override
    public HostFile create(RelativePath name, int mode) throws IOException {
        try (var arena = Arena.ofConfined()) {
            int flags = LinuxCalls.CREATE_NEW | LinuxCalls.NOFOLLOW;
            long opened =
                    LinuxCalls.call(
                            said(name), Call.OPENAT, descriptor, one(arena, name), flags, mode, 0);
            return new LinuxFile((int) opened, said(name));
        }
    }

    @Override
    public InputStream read(RelativePath name) throws IOException {
        try (var arena = Arena.ofConfined()) {
            // a pipe that took the file's place must not make the open wait
            int flags = LinuxCalls.CLOEXEC | LinuxCalls.NOFOLLOW | LinuxCalls.NONBLOCK;
            return new LinuxFile.Reading(openAt(one(arena, name), flags, said(name)), said(name));
        }
    }

    @Override
    public byte[] target(RelativePath name) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var target = arena.allocate(MOST_TARGET_BYTES);
            long length =
                    LinuxCalls.call(
                            said(name),
                            Call.READLINKAT,
                            descriptor,
                            one(arena, name),
                            target.address(),
                            MOST_TARGET_BYTES,
                            0);
            return target.asSlice(0, length).toArray(JAVA_BYTE);
        }
    }

    @Override
    public void link(RelativePath name, byte[] target) throws IOException {
        try (var arena = Arena.ofConfined()) {
            long text = text(arena, target);
            LinuxCalls.call(said(name), Call.SYMLINKAT, text, descriptor, one(arena, name), 0, 0);
        }
    }

    @Override
    public void grant(RelativePath name, Rights rights) throws IOException {
        try (var arena = Arena.ofConfined()) {
            int flags = LinuxCalls.FOLDER | LinuxCalls.NOFOLLOW;
            try (var folder =
                    new LinuxFile(openAt(one(arena, name), flags, said(name)), said(name))) {
                folder.grant(rights);
            }
        }
    }

    @Override
    public void move(RelativePath name, HostFolder to, RelativePath newName) throws IOException {
        rename(name, (LinuxFolder) to, newName, LinuxCalls.RENAME_NOREPLACE);
    }

    @Override
    public void replace(RelativePath name, RelativePath newName) throws IOException {
        rename(name, this, newName, 0);
    }

    @Override
    public boolean exchange(RelativePath name, HostFolder with, RelativePath otherName)
            throws IOException {
        try {
            rename(name, (LinuxFolder) with, otherName, LinuxCalls.RENAME_EXCHANGE);
            return true;
        } catch (LinuxCalls.Failure refused) {
            if (refused.errno() == LinuxCalls.EINVAL || refused.errno() == LinuxCalls.ENOSYS) {
                return false;
            }
            throw refused;
        }
    }

    private void rename(RelativePath name, LinuxFolder to, RelativePath newName, int flags)
            throws IOException {
        try (var arena = Arena.ofConfined()) {
            LinuxCalls.call(
                    flags == LinuxCalls.RENAME_NOREPLACE ? to.said(newName) : said(name),
                    Call.RENAMEAT2,
                    descriptor,
                    one(arena, name),
                    to.descriptor,
                    one(arena, newName),
                    flags);
        }
    }

    @Override
    public void delete(RelativePath name) throws IOException {
        try (var arena = Arena.ofConfined()) {
            LinuxCalls.call(said(name), Call.UNLINKAT, descriptor, one(arena, name), 0, 0, 0);
        }
    }

    @Override
    public void deleteFolder(RelativePath name) throws IOException {
        try (var arena = Arena.ofConfined()) {
            LinuxCalls.call(
                    said(name), Call.UNLINKAT, descriptor, one(arena, name), AT_REMOVEDIR, 0, 0);
        }
    }

    @Override
    public void sync() throws IOException {
        LinuxCalls.call(where, Call.FSYNC, descriptor, 0, 0, 0, 0);
    }

    @Override
    public void close() throws IOException {
        LinuxCalls.call(where, Call.CLOSE, descriptor, 0, 0, 0, 0);
    }

    private String said(RelativePath name) {
        return where + "/" + name;
    }

    private static long one(Arena arena, RelativePath name) {
        if (name.parent().isPresent()) {
            throw new IllegalArgumentException("'%s' is more than one name".formatted(name));
        }
        return text(arena, name.bytes());
    }

    private static long text(Arena arena, byte[] bytes) {
        var text = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, text, JAVA_BYTE, 0, bytes.length);
        return text.address();
    }
}
