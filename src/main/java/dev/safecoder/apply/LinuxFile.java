package dev.safecoder.apply;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.safecoder.apply.LinuxCalls.Call;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.AccessDeniedException;

/** An open file held by its descriptor. Used by one thread at a time. */
final class LinuxFile implements HostFile {
    private static final int CHUNK = 1 << 16;
    private static final int KEPT = -1;
    private static final int FROM_HERE = 1;

    private final int descriptor;
    private final String where;

    LinuxFile(int descriptor, String where) {
        this.descriptor = descriptor;
        this.where = where;
    }

    @Override
    public void write(byte[] bytes, int length) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var buffer = arena.allocate(Math.max(1, length));
            MemorySegment.copy(bytes, 0, buffer, JAVA_BYTE, 0, length);
            for (long done = 0; done < length; ) {
                done +=
                        LinuxCalls.call(
                                where,
                                Call.WRITE,
                                descriptor,
                                buffer.address() + done,
                                length - done,
                                0,
                                0);
            }
        }
    }

    @Override
    public void grant(Rights rights) throws IOException {
        own(rights.uid(), rights.gid());
        LinuxCalls.call(where, Call.FCHMOD, descriptor, rights.mode() & 0777, 0, 0, 0);
    }

    /** Only root may give a file away; for anybody else the file is already their own. */
    private void own(int uid, int gid) throws IOException {
        try {
            LinuxCalls.call(where, Call.FCHOWN, descriptor, uid, gid, 0, 0);
        } catch (AccessDeniedException notRoot) {
            ownGroup(gid);
        }
    }

    private void ownGroup(int gid) throws IOException {
        try {
            LinuxCalls.call(where, Call.FCHOWN, descriptor, KEPT, gid, 0, 0);
        } catch (AccessDeniedException notInGroup) {
            return; // then it stays in the group that the system chose
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

    /** The content of an open file. */
    static final class Reading extends InputStream {
        private final int descriptor;
        private final String where;
        private final Arena arena = Arena.ofConfined();
        private final MemorySegment buffer = arena.allocate(CHUNK);
        private boolean closed;

        Reading(int descriptor, String where) {
            this.descriptor = descriptor;
            this.where = where;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int most = Math.min(length, CHUNK);
            int got =
                    (int)
                            LinuxCalls.call(
                                    where, Call.READ, descriptor, buffer.address(), most, 0, 0);
            MemorySegment.copy(buffer, JAVA_BYTE, 0, bytes, offset, got);
            return got == 0 && length > 0 ? -1 : got;
        }

        @Override
        public long skip(long bytes) throws IOException {
            LinuxCalls.call(where, Call.LSEEK, descriptor, bytes, FROM_HERE, 0, 0);
            return bytes;
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                arena.close();
                LinuxCalls.call(where, Call.CLOSE, descriptor, 0, 0, 0, 0);
            }
        }
    }
}
