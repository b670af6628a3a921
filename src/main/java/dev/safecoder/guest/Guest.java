package dev.safecoder.guest;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * What can be asked of a running sandbox. Safe for use by many threads at once; every call blocks
 * its own thread only. Calls throw {@link GuestException} once the sandbox is dead. An interrupt
 * abandons the call's stream (a command is killed with all that it started). At most 256 streams
 * (commands, connections, calls) are open at once; one more is an {@link IllegalStateException}.
 */
public interface Guest extends AutoCloseable {
    /** What the guest said of itself at the start. */
    GuestHello hello();

    /** Starts a command and returns at once; output goes to {@code output} from another thread. */
    RunningCommand start(Command command, CommandOutput output);

    /** Runs a command to its end, or to its time limit, when it is killed. */
    default CommandEnd run(Command command, CommandOutput output) throws InterruptedException {
        try (var running = start(command, output)) {
            return running.await();
        }
    }

    /**
     * Reads at most {@code most} bytes from {@code offset}.
     *
     * @param path relative to the workspace, or absolute inside the sandbox; what cannot be a path
     *     (empty, over 4,095 bytes, with a NUL) is refused as Linux would
     */
    FileAnswer read(byte[] path, long offset, int most) throws InterruptedException;

    /** Writes a whole file atomically, making its parents; the stream must yield {@code size}. */
    WriteAnswer write(WriteRequest request, InputStream content)
            throws IOException, InterruptedException;

    /** Lists a folder down to {@code depth}, at most {@code most} entries. */
    ListAnswer list(byte[] path, int depth, int most) throws InterruptedException;

    /** Looks at paths without following links; one entry each, in order. */
    List<Entry> stat(List<byte[]> paths) throws InterruptedException;

    /** Hides every path whose name matches (PROTOCOL.md, MASK); returns what was hidden. */
    List<Entry> mask(List<String> patterns) throws InterruptedException;

    /** Hides these paths of the workspace; returns those that were there. */
    List<Entry> hide(List<byte[]> paths) throws InterruptedException;

    /** Stops every process in the sandbox until the result is closed. */
    Frozen freeze() throws InterruptedException;

    /** Reports what changed (PROTOCOL.md, section 5), entry by entry, on the calling thread. */
    ScanAnswer scan(ScanRequest request, EntryConsumer consumer)
            throws IOException, InterruptedException;

    /** Listens on a loopback port inside (0: any). */
    GuestListener listen(int port) throws InterruptedException;

    /** Connects to a loopback port inside. */
    GuestConnection connect(int port) throws IOException, InterruptedException;

    /** Ends everything inside and the guest itself; never throws for a guest that is dead. */
    @Override
    void close();

    /** Processes are stopped while this is open. */
    interface Frozen extends AutoCloseable {
        @Override
        void close();
    }

    /** Takes the entries of a scan in order. */
    @FunctionalInterface
    interface EntryConsumer {
        /**
         * @param content the file's bytes or the link's target; empty for other kinds; valid only
         *     during the call, what is not read is skipped
         */
        void accept(Entry entry, InputStream content) throws IOException, InterruptedException;
    }
}
