package dev.safecoder.guest;

import java.io.IOException;

/** A loopback port inside the sandbox on which connections are taken. */
public interface GuestListener extends AutoCloseable {
    /** The port inside. */
    int port();

    /**
     * Waits for the next connection; several threads may wait at once. An interrupt that crosses a
     * connection on its way ends that connection.
     *
     * @throws IOException when the listener is closed
     */
    GuestConnection accept() throws IOException, InterruptedException;

    @Override
    void close();
}
