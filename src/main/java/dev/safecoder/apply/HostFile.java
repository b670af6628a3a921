package dev.safecoder.apply;

import java.io.Closeable;
import java.io.IOException;

/** A new file of the host that is being written. */
interface HostFile extends Closeable {
    /** Writes the first {@code length} of the bytes after those before. */
    void write(byte[] bytes, int length) throws IOException;

    /**
     * Sets permission bits exactly, and the owner where this process may; special bits are never
     * set.
     */
    void grant(Rights rights) throws IOException;

    /** Returns when the content will survive a loss of power. */
    void sync() throws IOException;
}
