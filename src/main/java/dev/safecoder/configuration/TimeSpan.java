package dev.safecoder.configuration;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and writes a length of time as people do: {@code 90s}, {@code 30m}, {@code 1h30m}. */
public final class TimeSpan {
    /** What can be written. */
    public static final String FORM = "a time such as 90s, 30m or 1h30m";

    private static final Pattern WRITTEN =
            Pattern.compile("(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?(?:(\\d{1,6})ms)?");

    private TimeSpan() {}

    /** Reads what a user wrote; empty when it is no length of time above zero. */
    public static Optional<Duration> parse(String text) {
        var written = WRITTEN.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!written.matches()) {
            return Optional.empty();
        }
        var span =
                Duration.ofHours(number(written.group(1)))
                        .plusMinutes(number(written.group(2)))
                        .plusSeconds(number(written.group(3)))
                        .plusMillis(number(written.group(4)));
        return span.isZero() ? Optional.empty() : Optional.of(span);
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** The same form, exact to the millisecond. */
    public static String write(Duration span) {
        var text = new StringBuilder();
        append(text, span.toHours(), "h");
        append(text, span.toMinutesPart(), "m");
        append(text, span.toSecondsPart(), "s");
        append(text, span.toMillisPart(), "ms");
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount > 0) {
            text.append(amount).append(unit);
        }
    }
}
