package dev.safecoder.guest;

import java.io.InputStream;
import java.io.OutputStream;

/** One TCP connection inside the sandbox; closing {@code output()} is the half-close. */
public interface GuestConnection extends AutoCloseable {
    /** Bytes from inside. */
    InputStream input();

    /** Bytes to inside. */
    OutputStream output();

    @Override
    void close();
}
