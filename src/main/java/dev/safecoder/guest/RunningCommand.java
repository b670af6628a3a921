package dev.safecoder.guest;

import java.io.OutputStream;

/**
 * A command that runs inside; closing it kills what is left of it, drops the output that has not
 * been delivered, and lets it end as {@code Signalled(9)}. Signals, sizes and closing never wait,
 * so that they may come from the output's own thread; they do nothing once the command has ended.
 */
public interface RunningCommand extends AutoCloseable {
    /**
     * Its end; all output has been delivered by then. An interrupt closes the command. What the
     * taker of the output throws has closed the command, and is thrown here.
     */
    CommandEnd await() throws InterruptedException;

    /**
     * Its standard input; closing it is end-of-file. Writing waits while the command does not read,
     * and is an {@code IOException} once it has ended.
     *
     * @throws IllegalStateException when the command was started without one
     */
    OutputStream input();

    /** Sends a signal (1 to 64) to everything that the command has started. */
    void signal(int number);

    /** Tells a terminal's new size. */
    void resize(int rows, int columns);

    @Override
    void close();
}
