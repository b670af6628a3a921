package dev.safecoder.sandbox;

import java.nio.file.Path;
import java.time.Instant;

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
    public record Owner(String host, long pid, long startedMillis) {
        /** This process, on the machine of that name. */
        public static Owner self(String host) {
            var self = ProcessHandle.current();
            return new Owner(host, self.pid(), startOf(self));
        }

        /** Whether that very process runs; only to be asked on the host it ran on. */
        public boolean isAlive() {
            return ProcessHandle.of(pid)
                    .filter(process -> process.isAlive() && hasStartedThen(process))
                    .isPresent();
        }

        /** The system's clock may be set meanwhile, and with it what it says of a start. */
        private boolean hasStartedThen(ProcessHandle process) {
            return Math.abs(startOf(process) - startedMillis) < 2_000;
        }

        private static long startOf(ProcessHandle process) {
            return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        }
    }

    /** What the sandbox reaches. */
    public enum Network {
        /** Loopback only. */
        NONE,
        /** The engine's bridge: a hole in the wall, by the user's explicit choice only. */
        BRIDGE
    }
}
