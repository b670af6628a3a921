package dev.safecoder.change;

/**
 * Lines that were replaced: from {@code beforeStart} up to, not including, {@code beforeEnd} by
 * {@code afterStart} up to {@code afterEnd}, counted from 0. Either range may be empty, not both.
 */
public record Edit(int beforeStart, int beforeEnd, int afterStart, int afterEnd) {
    public Edit {
        if (beforeStart > beforeEnd
                || afterStart > afterEnd
                || beforeStart == beforeEnd && afterStart == afterEnd) {
            throw new IllegalArgumentException(
                    "not an edit: %d-%d %d-%d"
                            .formatted(beforeStart, beforeEnd, afterStart, afterEnd));
        }
    }

    /** How many lines went. */
    public int deleted() {
        return beforeEnd - beforeStart;
    }

    /** How many lines came. */
    public int added() {
        return afterEnd - afterStart;
    }
}
