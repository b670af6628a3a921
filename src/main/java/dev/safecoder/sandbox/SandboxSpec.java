package dev.safecoder.sandbox;

import java.nio.file.Path;

/**
 * Everything that decides how a sandbox is built; a backend's arguments are a pure function of it.
 *
 * @param name random, unguessable, fit for a container's name
 * @param sessionId the session it serves
 * @param owner the host process that it must not outlive
 * @param stateFolder identifies our own leftovers: only those of the same state folder are reaped
 * @param scratch an empty folder (0700) of this sandbox alone, removed after it
 * @param guestFolder holds the guest binaries as {@code <architecture>/guest}, world-readable
 * @param uid the project's owner, as whom everything inside runs
 */
public record SandboxSpec(
        String name,
        String sessionId,
        Owner owner,
        Path stateFolder,
        Path scratch,
        Path guestFolder,
        WorkspaceMount workspace,
        int uid,
        int gid,
        Limits limits,
        Network network) {
    /** A process of this host, told apart from a later one with the same number by its start. */
    public record Owner(String host, long pid, long startedMillis) {}

    /** What the sandbox reaches. */
    public enum Network {
        /** Loopback only. */
        NONE,
        /** The engine's bridge: a hole in the wall, by the user's explicit choice only. */
        BRIDGE
    }
}
