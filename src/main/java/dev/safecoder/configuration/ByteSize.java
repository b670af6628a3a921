package dev.safecoder.configuration;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** An amount of memory or disk, written as {@code 512m} or {@code 2g}; units are powers of 1024. */
public record ByteSize(long bytes) {
    /** What can be written. */
    public static final String FORM = "a size such as 512m or 2g";

    private static final String UNITS = "kmgt";
    private static final Pattern WRITTEN =
            Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)([kmgt])(?:i?b)?");
    private static final BigDecimal MOST = BigDecimal.valueOf(1L << 60);

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size of %d bytes".formatted(bytes));
        }
    }

    public static ByteSize ofMebibytes(long count) {
        return new ByteSize(Math.multiplyExact(count, 1L << 20));
    }

    /** Reads what a user wrote; empty when it is no size. */
    public static Optional<ByteSize> parse(String text) {
        var written = WRITTEN.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!written.matches()) {
            return Optional.empty();
        }
        int power = UNITS.indexOf(written.group(2)) + 1;
        var bytes = new BigDecimal(written.group(1)).multiply(BigDecimal.valueOf(1L << 10 * power));
        return bytes.compareTo(MOST) > 0
                ? Optional.empty()
                : Optional.of(new ByteSize(bytes.longValue()));
    }

    /** Whole mebibytes, rounded up so that a small size does not become none. */
    public long mebibytes() {
        return Math.ceilDiv(bytes, 1L << 20);
    }

    /** In the largest unit that divides it. */
    @Override
    public String toString() {
        int power = 0;
        long amount = bytes;
        while (power < UNITS.length() && amount > 0 && amount % 1024 == 0) {
            amount /= 1024;
            power++;
        }
        return power == 0 ? amount + " bytes" : amount + UNITS.substring(power - 1, power);
    }
}
