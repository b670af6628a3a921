package dev.safecoder.change;

import dev.safecoder.path.RelativePath;
import java.nio.charset.StandardCharsets;

/** Paths as git writes them: in quotes with escapes when a byte is not printable ASCII. */
public final class QuotedPath {
    private QuotedPath() {}

    /** The path as {@code git diff --name-only} prints it; ASCII without control characters. */
    public static String of(RelativePath path) {
        return of("", path);
    }

    /** The path behind a prefix such as {@code a/}. */
    static String of(String prefix, RelativePath path) {
        var whole = (prefix + new String(path.bytes(), StandardCharsets.ISO_8859_1));
        var quoted = new StringBuilder("\"");
        whole.chars().forEach(one -> append(quoted, one));
        return quoted.length() == whole.length() + 1 ? whole : quoted.append('"').toString();
    }

    /**
     * For the line that begins a patch; git misreads a folder's name that ends in a space there.
     */
    static String inHeader(String prefix, RelativePath path) {
        var quoted = of(prefix, path);
        return quoted.contains(" /") && !quoted.startsWith("\"") ? '"' + quoted + '"' : quoted;
    }

    private static void append(StringBuilder quoted, int one) {
        int named = "\007\b\t\n\013\f\r\"\\".indexOf(one);
        if (named >= 0) {
            quoted.append('\\').append("abtnvfr\"\\".charAt(named));
        } else if (one < 0x20 || one >= 0x7f) {
            quoted.append("\\%03o".formatted(one));
        } else {
            quoted.append((char) one);
        }
    }
}
