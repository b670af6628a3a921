package dev.safecoder.guest;

/** What a scan reports and what it may cost; the guest refuses the whole scan over a budget. */
public record ScanRequest(
        Extent extent, long mostFileBytes, long mostTotalBytes, int mostEntries, int mostDepth) {
    /** The extents of PROTOCOL.md, in the order of their numbers. */
    public enum Extent {
        BASELINE,
        DELTA,
        FULL
    }
}
