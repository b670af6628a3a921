package dev.safecoder.sandbox;

import dev.safecoder.guest.Guest;
import java.util.List;

/** One running wall with a workspace in it. */
public interface Sandbox extends AutoCloseable {
    BackendName backend();

    /** The engine's or system's name for it, for people and for inspection. */
    String id();

    /** The other end of the one stream. */
    Guest guest();

    /**
     * The wall as seen from outside (engine inspection, {@code /proc}, control groups), never from
     * our own arguments: what each guarantee rests on.
     */
    List<Guarantee> inspect();

    /** Ends everything in it and removes it; what was written to the workspace folders stays. */
    @Override
    void close();
}
