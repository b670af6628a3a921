package dev.safecoder.workspace;

import dev.safecoder.guest.ScanRequest;

/** What one checkpoint may hold: the largest file, all bytes, entries and depth. */
public record ScanBudget(long fileBytes, long totalBytes, int entries, int depth) {
    /** A gigabyte a file, four in all, a million entries, 256 folders deep. */
    public static final ScanBudget DEFAULT = new ScanBudget(1L << 30, 4L << 30, 1_000_000, 256);

    ScanRequest request(ScanRequest.Extent extent) {
        return new ScanRequest(extent, fileBytes, totalBytes, entries, depth);
    }
}
