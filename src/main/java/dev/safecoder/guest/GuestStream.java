package dev.safecoder.guest;

import java.io.InputStream;
import java.io.OutputStream;

/** What a wall hands back: one byte stream to its guest, and the means to end it. */
public interface GuestStream {
    /** Bytes from the guest; nothing but frames. */
    InputStream input();

    /** Bytes to the guest; flushed by the writer. */
    OutputStream output();

    /** Ends the sandbox with everything in it, at once; may be called again, never throws. */
    void kill();

    /** What the wall said about its end (its standard error, an exit code), as a clause. */
    String lastWords();
}
