package dev.safecoder.workspace;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether a file of the project can share its blocks with a copy (Linux FICLONE, see
 * ioctl_ficlone(2)). The copying itself is {@link Files#copy}, which uses copy_file_range(2) and so
 * shares blocks wherever this says yes.
 */
final class Reflinks {
    private static final long FICLONE = 0x40049409L;
    private static final int READ_ONLY_CLOEXEC = 02000000;
    private static final int WRITE_CREATE_CLOEXEC = 02000000 | 01 | 0100 | 0200;

    private Reflinks() {}

    /** Tries it with one file of the project and a new file in the nearest existing folder. */
    static boolean workBetween(Path project, Path folder) {
        if (!System.getProperty("os.name").equals("Linux")) {
            return false;
        }
        var into = folder;
        while (into != null && !Files.isDirectory(into)) {
            into = into.getParent();
        }
        try {
            var sample = sample(project);
            return into != null && sample.isPresent() && clones(sample.get(), into);
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static Optional<Path> sample(Path project) throws IOException {
        try (var files =
                Files.find(project, 4, (_, seen) -> seen.isRegularFile() && seen.size() > 0)) {
            return files.filter(Files::isReadable).findFirst();
        } catch (java.io.UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    private static boolean clones(Path from, Path into) throws IOException {
        var to = into.resolve(".reflink-probe-" + ProcessHandle.current().pid());
        try (var arena = Arena.ofConfined()) {
            return clone(arena, from, to);
        } finally {
            if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
                Files.delete(to);
            }
        }
    }

    @SuppressWarnings("restricted")
    private static boolean clone(Arena arena, Path from, Path to) {
        var linker = Linker.nativeLinker();
        var system = SymbolLookup.loaderLookup().or(linker.defaultLookup());
        var open =
                linker.downcallHandle(
                        system.findOrThrow("open"),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT),
                        Linker.Option.firstVariadicArg(2));
        var ioctl =
                linker.downcallHandle(
                        system.findOrThrow("ioctl"),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_INT),
                        Linker.Option.firstVariadicArg(2));
        var close =
                linker.downcallHandle(
                        system.findOrThrow("close"),
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try {
            int source = (int) open.invokeExact(name(arena, from), READ_ONLY_CLOEXEC, 0);
            int target = (int) open.invokeExact(name(arena, to), WRITE_CREATE_CLOEXEC, 0600);
            int cloned =
                    source < 0 || target < 0
                            ? -1
                            : (int) ioctl.invokeExact(target, FICLONE, source);
            int ignored = source < 0 ? 0 : (int) close.invokeExact(source);
            ignored += target < 0 ? 0 : (int) close.invokeExact(target);
            return cloned == 0 && ignored == 0;
        } catch (Throwable broken) {
            throw new IllegalStateException("the linker call does not fit its description", broken);
        }
    }

    private static MemorySegment name(Arena arena, Path path) {
        return arena.allocateFrom(path.toString());
    }
}
