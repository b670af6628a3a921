package dev.safecoder.tool;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Optional;

/**
 * A pattern of paths: {@code *} and {@code ?} within a name, {@code **} over any number of folders,
 * {@code [a-z]} and {@code [!a]}, {@code {one,other}}, a backslash before a character that is
 * meant. A pattern without a slash is one of names at any depth. Matching takes time proportional
 * to the path.
 */
final class Glob {
    private static final int MOST_CHARACTERS = 1_000;
    private static final String SPECIAL = "*?[{\\";

    private final Pattern pattern;
    private final boolean ofNames;
    private final List<String> folder;

    private Glob(Pattern pattern, boolean ofNames, List<String> folder) {
        this.pattern = pattern;
        this.ofNames = ofNames;
        this.folder = folder;
    }

    /** The pattern, or why it is none. */
    sealed interface Parsed {
        record Valid(Glob glob) implements Parsed {}

        record Invalid(String reason) implements Parsed {}
    }

    static Parsed parse(String text) {
        var wrong = wrongWith(text);
        if (wrong.isPresent()) {
            return invalid(text, wrong.get());
        }
        var relative = text.startsWith("./") ? text.substring(2) : text;
        var translation = new Translation(relative);
        if (translation.wrong().isPresent()) {
            return invalid(text, translation.wrong().get());
        }
        try {
            var pattern = Pattern.compile(translation.expression());
            return new Parsed.Valid(
                    new Glob(pattern, !relative.contains("/"), literalFolders(relative)));
        } catch (PatternSyntaxException malformed) {
            return invalid(text, malformed.getDescription());
        }
    }

    private static Optional<String> wrongWith(String text) {
        if (text.isEmpty()) {
            return Optional.of("it is empty");
        }
        if (text.length() > MOST_CHARACTERS) {
            return Optional.of("it is longer than 1,000 characters");
        }
        if (text.startsWith("/")) {
            return Optional.of("it begins with '/'; give the folder as path");
        }
        return List.of(text.split("/")).contains("..")
                ? Optional.of("it holds '..'; give the folder as path")
                : Optional.empty();
    }

    private static Parsed invalid(String text, String reason) {
        return new Parsed.Invalid(
                "the pattern '%s' cannot be used: %s".formatted(ModelText.cut(text, 100), reason));
    }

    private static List<String> literalFolders(String text) {
        var names = List.of(text.split("/"));
        int literal = 0;
        while (literal < names.size() - 1 && isLiteral(names.get(literal))) {
            literal++;
        }
        return names.subList(0, literal);
    }

    private static boolean isLiteral(String name) {
        return name.chars().noneMatch(one -> SPECIAL.indexOf(one) >= 0);
    }

    /** The folders, by their names, below which alone there can be matches. */
    List<String> folder() {
        return folder;
    }

    /** Whether a path relative to the searched folder matches. */
    boolean matches(String path) {
        return pattern.matches(ofNames ? path.substring(path.lastIndexOf('/') + 1) : path);
    }
}
