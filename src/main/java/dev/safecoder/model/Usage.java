package dev.safecoder.model;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Tokens in and out, and what they cost.
 *
 * @param inputTokens all that the model read, from a cache or not
 * @param cacheReadTokens those of the input that came from the provider's cache
 * @param cacheWriteTokens those of the input that were put there
 * @param cost in US dollars; empty when no price is known
 */
public record Usage(
        long inputTokens,
        long outputTokens,
        long cacheReadTokens,
        long cacheWriteTokens,
        Optional<BigDecimal> cost) {
    public static final Usage NONE = new Usage(0, 0);

    /** Without a cache and without a price. */
    public Usage(long inputTokens, long outputTokens) {
        this(inputTokens, outputTokens, 0, 0, Optional.empty());
    }

    /** Both together; the cost is known when that of each part is which used any token. */
    public Usage plus(Usage other) {
        return new Usage(
                inputTokens + other.inputTokens,
                outputTokens + other.outputTokens,
                cacheReadTokens + other.cacheReadTokens,
                cacheWriteTokens + other.cacheWriteTokens,
                isNothing()
                        ? other.cost
                        : other.isNothing()
                                ? cost
                                : cost.flatMap(mine -> other.cost.map(mine::add)));
    }

    /** The same tokens at this price. */
    public Usage costing(BigDecimal dollars) {
        return new Usage(
                inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, Optional.of(dollars));
    }

    /** Whether no token was counted. */
    public boolean isNothing() {
        return inputTokens == 0 && outputTokens == 0;
    }
}
