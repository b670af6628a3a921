package dev.safecoder.sandbox;

/**
 * What one sandbox may use: CPUs (fractions allowed), bytes of memory with swap, processes, bytes
 * of disk.
 */
public record Limits(double cpus, long memoryBytes, int pids, long diskBytes) {
    public Limits {
        if (!(cpus > 0) || memoryBytes < 16L << 20 || pids < 16 || diskBytes < 1L << 20) {
            throw new IllegalArgumentException(
                    "limits out of range: %s CPUs, %d bytes of memory, %d pids, %d bytes of disk"
                            .formatted(cpus, memoryBytes, pids, diskBytes));
        }
    }
}
