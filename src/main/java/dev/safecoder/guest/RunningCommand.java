package dev.safecoder.guest;

import java.io.OutputStream;

/** A command that runs inside; closing it kills what is left of it. */
public interface RunningCommand extends AutoCloseable {
    /** Its end; all output has been delivered by then. */
    CommandEnd await() throws InterruptedException;

    /**
     * Its standard input; closing it is end-of-file.
     *
     * @throws IllegalStateException when the command was started without one
     */
    OutputStream input();

    /** Sends a signal to everything that the command has started. */
    void signal(int number);

    /** Tells a terminal's new size. */
    void resize(int rows, int columns);

    @Override
    void close();
}
