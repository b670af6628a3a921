package dev.safecoder.model.remote;

import dev.safecoder.model.Usage;
import java.math.BigDecimal;
import java.util.List;

/**
 * What is known of a model.
 *
 * @param context tokens that it can read and write together
 * @param mostOutput tokens of one reply
 * @param prices by the size of the input, the lowest bound first
 */
public record ModelFacts(String id, int context, int mostOutput, List<Price> prices) {
    public ModelFacts {
        prices = List.copyOf(prices);
    }

    /**
     * Dollars for a million tokens.
     *
     * @param above for requests with more input than this
     */
    public record Price(
            long above,
            BigDecimal input,
            BigDecimal output,
            BigDecimal cacheRead,
            BigDecimal cacheWrite) {}

    /** The usage with its cost, where there is a price. */
    public Usage priced(Usage usage) {
        return prices.reversed().stream()
                .filter(price -> usage.inputTokens() > price.above() || price.above() == 0)
                .findFirst()
                .map(price -> usage.costing(cost(price, usage)))
                .orElse(usage);
    }

    private static BigDecimal cost(Price price, Usage usage) {
        long plain = usage.inputTokens() - usage.cacheReadTokens() - usage.cacheWriteTokens();
        return price.input()
                .multiply(BigDecimal.valueOf(plain))
                .add(price.output().multiply(BigDecimal.valueOf(usage.outputTokens())))
                .add(price.cacheRead().multiply(BigDecimal.valueOf(usage.cacheReadTokens())))
                .add(price.cacheWrite().multiply(BigDecimal.valueOf(usage.cacheWriteTokens())))
                .movePointLeft(6);
    }
}
