package dev.safecoder.guest;

/** A loopback port inside the sandbox on which connections are taken. */
public interface GuestListener extends AutoCloseable {
    /** The port inside. */
    int port();

    /** Waits for the next connection. */
    GuestConnection accept() throws InterruptedException;

    @Override
    void close();
}
