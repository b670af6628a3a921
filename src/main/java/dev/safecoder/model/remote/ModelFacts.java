package dev.safecoder.model.remote;

import dev.safecoder.model.Usage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a model.
 *
 * @param context tokens that it can read and write together
 * @param mostOutput tokens of one reply
 * @param prices by the size of the input, the lowest bound first
 * @param capabilities all that it has; empty when nobody wrote them down
 */
public record ModelFacts(
        String id,
        int context,
        int mostOutput,
        List<Price> prices,
        Optional<Set<Capability>> capabilities) {
    public ModelFacts {
        prices = List.copyOf(prices);
        capabilities = capabilities.map(Set::copyOf);
    }

    /** What not every model can. */
    public enum Capability {
        /** Prompts may carry pictures. */
        PICTURES,
        /** It reasons, and shows that in the form that the provider has for it now. */
        REASONING;

        /** As the file has it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** True also when nobody knows. */
    public boolean takesPictures() {
        return capabilities.map(it -> it.contains(Capability.PICTURES)).orElse(true);
    }

    /** False also when nobody knows: models that do not reason refuse to be asked for it. */
    public boolean reasons() {
        return capabilities.map(it -> it.contains(Capability.REASONING)).orElse(false);
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
