package dev.safecoder.tool;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.safecoder.tool.RequiredLiteral.Letters;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A regular expression that is looked for in lines: RE2, whose time is proportional to the line
 * whatever the expression is. Its size is bounded before it is built.
 */
final class LinePattern {
    private static final int MOST_CHARACTERS = 1_000;
    private static final long MOST_EXPANDED = 1_000_000;
    private static final int MOST_STATES = 2_000;
    private static final java.util.regex.Pattern COUNT =
            java.util.regex.Pattern.compile("\\{(\\d{1,4})(?:,(\\d{0,4}))?}");

    private final Pattern pattern;
    private final Optional<String> literal;
    private final Letters letters;

    private LinePattern(Pattern pattern, Optional<String> literal, Letters letters) {
        this.pattern = pattern;
        this.literal = literal;
        this.letters = letters;
    }

    /** The pattern, or why it is none. */
    sealed interface Parsed {
        record Valid(LinePattern pattern) implements Parsed {}

        record Invalid(String reason) implements Parsed {}
    }

    static Parsed parse(String text, Letters letters) {
        if (text.isEmpty()) {
            return invalid(text, "it is empty");
        }
        if (text.length() > MOST_CHARACTERS || expandedLength(text) > MOST_EXPANDED) {
            return invalid(text, "it is too large");
        }
        try {
            int flags = letters == Letters.ANY_CASE ? Pattern.CASE_INSENSITIVE : 0;
            var pattern = Pattern.compile(text, flags);
            return pattern.programSize() > MOST_STATES
                    ? invalid(text, "it is too large")
                    : new Parsed.Valid(
                            new LinePattern(pattern, RequiredLiteral.of(text, letters), letters));
        } catch (PatternSyntaxException malformed) {
            return invalid(
                    text,
                    "%s (the syntax is RE2: no look-around, no back references)"
                            .formatted(malformed.getDescription()));
        }
    }

    private static Parsed invalid(String text, String reason) {
        return new Parsed.Invalid(
                "the pattern '%s' cannot be used: %s".formatted(ModelText.cut(text, 100), reason));
    }

    /**
     * How long it would be with its counted repetitions written out, were each within the others.
     */
    private static long expandedLength(String text) {
        long length = text.length();
        var count = COUNT.matcher(text);
        while (count.find() && length <= MOST_EXPANDED) {
            var most = count.group(2);
            var times = most == null || most.isEmpty() ? count.group(1) : most;
            length *= Math.max(1, Integer.parseInt(times));
        }
        return length;
    }

    /** Plain text without which no line matches; empty when there is none to be told. */
    Optional<String> literal() {
        return literal;
    }

    Letters letters() {
        return letters;
    }

    /** How much work one character is, at most. */
    int states() {
        return pattern.programSize();
    }

    /** Where the first match in a line begins. */
    OptionalInt find(String line) {
        var matcher = pattern.matcher(line);
        return matcher.find() ? OptionalInt.of(matcher.start()) : OptionalInt.empty();
    }
}
