package dev.safecoder.sandbox;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A kind of wall: says whether it would start here, starts it, and clears what a dead owner left.
 */
public interface Backend {
    BackendName name();

    /** Whether a sandbox would start now; quick (well under a second), changes nothing. */
    Availability availability() throws InterruptedException;

    /** Which kinds of {@link WorkspaceMount} can work here, best first, as seen without a start. */
    MountSupport mountSupport() throws InterruptedException;

    /**
     * Starts a sandbox and waits for its guest.
     *
     * @throws SandboxException when it does not start; nothing of it is left
     */
    Sandbox start(SandboxSpec spec, StartListener listener) throws InterruptedException;

    /**
     * Removes sandboxes of {@code stateFolder} on this host whose owner is provably dead; never any
     * other. Returns how many.
     */
    int reap(Path stateFolder) throws InterruptedException;

    /** The images that its sandboxes start from; empty where they start from none. */
    default Optional<ImageStore> images() {
        return Optional.empty();
    }

    /** Whether the engine sees this host's folders. */
    enum MountSupport {
        /** It shares this kernel: overlay, folders and streams. */
        OVERLAY_AND_FOLDER,
        /** Folders and streams only. */
        FOLDER,
        /** It runs elsewhere: streams only. */
        STREAMED_ONLY
    }
}
