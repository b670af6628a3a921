package dev.safecoder.guest;

/** The answer to a scan. */
public sealed interface ScanAnswer {
    /** All entries were given to the consumer. */
    record Scanned(long entries, long bytes) implements ScanAnswer {}

    /** The workspace changed more than the budget allows; what was given does not count. */
    record OverBudget(String what) implements ScanAnswer {}

    /** The scan could not be made: Linux error number. */
    record Refused(int errno, String step) implements ScanAnswer {}
}
