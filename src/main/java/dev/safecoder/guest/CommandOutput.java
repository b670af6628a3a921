package dev.safecoder.guest;

/**
 * Takes a command's output as it comes, on one thread of the connection's; bytes are only valid
 * during the call. A slow taker slows its own command and nothing else.
 */
public interface CommandOutput {
    /**
     * Called once before any output, on the same thread. The command may be signalled or closed
     * from here and from every other call, which is how a taker stops a command that says too much.
     */
    default void started(RunningCommand command) {}

    /** Bytes of standard output, or of the terminal. */
    void out(byte[] bytes);

    /** Bytes of standard error. */
    void err(byte[] bytes);
}
