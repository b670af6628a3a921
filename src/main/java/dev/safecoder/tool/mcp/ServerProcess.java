package dev.safecoder.tool.mcp;

import java.io.IOException;

/** The process of a server, wherever it runs. */
interface ServerProcess {
    /** Writes to its standard input; waits while it does not read. */
    void write(byte[] bytes) throws IOException;

    /** Ends it with all that it has started, without waiting; may be called again. */
    void end();

    /** Hears a process; each call is valid until the next. */
    interface Hearer {
        /** Of its standard output; whoever throws here ends the process. */
        void out(byte[] bytes);

        /** Of its standard error. */
        void err(byte[] bytes);

        /**
         * It has ended, or never ran.
         *
         * @param how a clause with "it" for the server
         */
        void ended(String how);
    }
}
