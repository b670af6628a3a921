package dev.safecoder.apply;

import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;

/**
 * Linux system calls by number through the C library's {@code syscall}, which glibc and musl both
 * have. An interrupted call is made again; every other failure is an exception that names the
 * call's subject.
 */
final class LinuxCalls {
    /** The calls that applying needs, with their numbers on x86_64 and on aarch64. */
    enum Call {
        READ(0, 63),
        WRITE(1, 64),
        CLOSE(3, 57),
        LSEEK(8, 62),
        FSYNC(74, 82),
        FCHMOD(91, 52),
        FCHOWN(93, 55),
        GETDENTS64(217, 61),
        OPENAT(257, 56),
        MKDIRAT(258, 34),
        UNLINKAT(263, 35),
        SYMLINKAT(266, 36),
        READLINKAT(267, 78),
        RENAMEAT2(316, 276),
        STATX(332, 291),
        FACCESSAT2(439, 439);

        private final long number;

        Call(int x86, int arm) {
            this.number = ARM ? arm : x86;
        }
    }

    static final int EROFS = 30;
    static final int EINVAL = 22;
    static final int ENOSYS = 38;

    private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");

    // open(2) flags; those that differ are numbered by the processor's own fcntl.h
    static final int AT_FDCWD = -100;
    static final int CLOEXEC = 02000000;
    static final int FOLDER = (ARM ? 040000 : 0200000) | CLOEXEC;
    static final int NOFOLLOW = ARM ? 0100000 : 0400000;
    static final int NONBLOCK = 04000;
    static final int CREATE_NEW = 01 | 0100 | 0200 | CLOEXEC;

    static final int RENAME_NOREPLACE = 1;
    static final int RENAME_EXCHANGE = 2;

    private static final int ENOENT = 2;
    private static final int EINTR = 4;
    private static final int EACCES = 13;
    private static final int EPERM = 1;
    private static final int EEXIST = 17;
    private static final int ENOTDIR = 20;
    private static final int ENOTEMPTY = 39;
    private static final int ELOOP = 40;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle SYSCALL = syscall();
    private static final MethodHandle STRERROR = strerror();

    private LinuxCalls() {}

    /** A call's failure that callers tell apart by number. */
    static final class Failure extends FileSystemException {
        private static final long serialVersionUID = 1L;
        private final int errno;

        Failure(String subject, int errno, String reason) {
            super(subject, null, reason);
            this.errno = errno;
        }

        int errno() {
            return errno;
        }
    }

    static boolean areHere() {
        return System.getProperty("os.name").equals("Linux")
                && List.of("amd64", "aarch64").contains(System.getProperty("os.arch"));
    }

    /** Makes the call; {@code subject} is what it is about, for the exception. */
    static long call(String subject, Call call, long a, long b, long c, long d, long e)
            throws IOException {
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(STATE);
            while (true) {
                long result = invoke(state, call.number, a, b, c, d, e);
                if (result >= 0) {
                    return result;
                }
                int errno = (int) ERRNO.get(state, 0L);
                if (errno == EINTR && call == Call.CLOSE) {
                    return 0; // the descriptor is free all the same, and may be another's by now
                }
                if (errno != EINTR) {
                    throw failure(subject, errno);
                }
            }
        }
    }

    private static long invoke(
            MemorySegment state, long number, long a, long b, long c, long d, long e) {
        try {
            return (long) SYSCALL.invokeExact(state, number, a, b, c, d, e);
        } catch (Throwable broken) {
            throw new IllegalStateException("the call does not fit its description", broken);
        }
    }

    private static IOException failure(String subject, int errno) {
        return switch (errno) {
            case ENOENT -> new NoSuchFileException(subject);
            case EACCES, EPERM -> new AccessDeniedException(subject, null, describe(errno));
            case EEXIST -> new FileAlreadyExistsException(subject);
            case ENOTDIR, ELOOP -> new NotDirectoryException(subject);
            case ENOTEMPTY -> new DirectoryNotEmptyException(subject);
            default -> new Failure(subject, errno, describe(errno));
        };
    }

    private static String describe(int errno) {
        try {
            var text = (MemorySegment) STRERROR.invokeExact(errno);
            return text.getString(0);
        } catch (Throwable broken) {
            throw new IllegalStateException("the call does not fit its description", broken);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle syscall() {
        var number = ValueLayout.JAVA_LONG;
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(number, number, number, number, number, number, number),
                Linker.Option.firstVariadicArg(1),
                Linker.Option.captureCallState("errno"));
    }

    @SuppressWarnings("restricted")
    private static MethodHandle strerror() {
        AddressLayout text =
                ValueLayout.ADDRESS.withTargetLayout(
                        MemoryLayout.sequenceLayout(1024, ValueLayout.JAVA_BYTE));
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow("strerror"),
                FunctionDescriptor.of(text, ValueLayout.JAVA_INT));
    }
}
