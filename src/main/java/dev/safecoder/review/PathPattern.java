package dev.safecoder.review;

import dev.safecoder.path.FoldedName;
import dev.safecoder.path.RelativePath;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Shell-like patterns over the folded names of a path, at any depth: {@code *} is any part of one
 * name, {@code a/b} is a file in a folder, a slash at the end means the folder and everything in
 * it.
 */
final class PathPattern {
    private PathPattern() {}

    /** A path as the most forgiving file system sees it. */
    static String fold(RelativePath path) {
        return path.names().stream().map(FoldedName::of).collect(Collectors.joining("/"));
    }

    /** A regular expression that a whole folded path matches or not. */
    static String regex(String pattern) {
        boolean folder = pattern.endsWith("/");
        var names = folder ? pattern.substring(0, pattern.length() - 1) : pattern;
        var regex =
                names.chars()
                        .mapToObj(
                                one ->
                                        one == '*'
                                                ? "[^/]*"
                                                : Pattern.quote(Character.toString(one)))
                        .collect(Collectors.joining());
        return "(?:.*/)?" + regex + (folder ? "(?:/.*)?" : "");
    }
}
