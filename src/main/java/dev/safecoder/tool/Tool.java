package dev.safecoder.tool;

/** One tool of the toolbox. */
interface Tool {
    ToolSpec spec();

    /**
     * Does the work.
     *
     * @param arguments checked against {@link ToolSpec#fields()}
     */
    Said run(Arguments arguments) throws InterruptedException;

    /** Whether calls of it must not run at once: they read a file and then write it. */
    default boolean takesTurns() {
        return false;
    }

    /** Whether calls of it see and leave everything as it is, so that their order is no matter. */
    default boolean onlyLooks() {
        return false;
    }

    /** Nothing was done, for this reason. */
    default Said refuse(String reason) {
        return Said.refused(reason, spec().whenRefused());
    }
}
