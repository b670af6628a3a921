package dev.safecoder.sandbox;

import java.time.Instant;
import java.util.List;

/**
 * The images that sandboxes of one backend start from. Every call asks the backend anew.
 *
 * <p>Each throws a {@link SandboxException} with a remedy where the backend does not answer or
 * refuses.
 */
public interface ImageStore {
    /**
     * One that is there.
     *
     * @param reference a name with its tag, by which it can be started
     * @param bytes what it holds on disk, shared layers included
     */
    record Image(String reference, String id, long bytes, Instant created) {
        /** Whether this is what a user calls so: the tag may be missing, and the registry. */
        public boolean isCalled(String name) {
            boolean hasTag = name.indexOf(':', name.lastIndexOf('/') + 1) >= 0;
            var whole = hasTag ? name : name + ":latest";
            return reference.equals(whole) || reference.endsWith("/" + whole);
        }
    }

    /** Why the backend does not answer; {@link Availability.Usable} when it does. */
    Availability reachable() throws InterruptedException;

    /** Those with a name, by name. */
    List<Image> all() throws InterruptedException;

    /** Fetches one from its registry; an interrupt ends the fetching. */
    void pull(String reference, StartListener listener) throws InterruptedException;

    /**
     * Builds one, outside of any sandbox and with the backend's own network, because the user says
     * so.
     *
     * @param recipe a Dockerfile that copies nothing from a folder
     */
    void build(String reference, byte[] recipe, StartListener listener) throws InterruptedException;

    /** Takes the name away, and the image itself when it was the last one. */
    void remove(String reference) throws InterruptedException;
}
