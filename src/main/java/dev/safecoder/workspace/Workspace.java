package dev.safecoder.workspace;

import dev.safecoder.guest.Guest;
import dev.safecoder.sandbox.WorkspaceMount;
import java.io.IOException;
import java.util.List;

/**
 * One session's copy-on-write view of the project: made before its sandbox starts, entered once the
 * guest is there, removed when nothing runs any more.
 */
public interface Workspace {
    WorkspaceMode mode();

    /** What the sandbox is to mount. */
    WorkspaceMount mount();

    /**
     * Makes the view ready before anything of the agent's runs: hides masked files and, where the
     * project is not there by mounting, brings it in.
     *
     * @return the names of what is hidden, relative to the project, as the guest or the copier saw
     *     them
     */
    List<String> enter(Guest guest) throws IOException, InterruptedException;

    /** Removes the session's own folders; the agent's files in them are deleted, never opened. */
    void remove() throws IOException;
}
