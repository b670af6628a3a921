package dev.safecoder.path;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One name as the most forgiving file systems see it: without regard to case and Unicode
 * normalisation, without the characters that HFS+ ignores, without NTFS streams and the dots and
 * spaces that Windows drops at the end. Two names that some file system takes for one fold alike;
 * rules about names that must not be evaded are matched on this.
 */
public final class FoldedName {
    /** What git's own check ignores for HFS+, and what else is invisible. */
    private static final Pattern INVISIBLE =
            Pattern.compile(
                    "[\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f"
                            + "\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0"
                            + "\\x{e0000}-\\x{e0fff}]");

    private static final Pattern DROPPED_AT_END = Pattern.compile("[. ]+$");
    private static final Pattern GIT = Pattern.compile("\\.git|git~[0-9]+");

    private FoldedName() {}

    /** The folded form of one name; never empty. */
    public static String of(RelativePath name) {
        var text =
                name.utf8().orElseGet(() -> new String(name.bytes(), StandardCharsets.ISO_8859_1));
        return fold(text);
    }

    private static String fold(String text) {
        var visible = INVISIBLE.matcher(text).replaceAll("");
        var normal = Normalizer.normalize(visible, Normalizer.Form.NFKC);
        // both ways, because some letters have one upper and two lower forms
        var lower = normal.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        var whole = INVISIBLE.matcher(Normalizer.normalize(lower, Normalizer.Form.NFKC));
        var clean = whole.replaceAll("");
        int stream = clean.indexOf(':');
        var unstreamed = stream > 0 ? clean.substring(0, stream) : clean;
        var kept = DROPPED_AT_END.matcher(unstreamed).replaceAll("");
        return kept.isEmpty() ? text : kept;
    }

    /** Whether some file system takes this one name for {@code .git}, or a part of it does. */
    public static boolean isGit(RelativePath name) {
        var text =
                name.utf8().orElseGet(() -> new String(name.bytes(), StandardCharsets.ISO_8859_1));
        for (var part : text.split("\\\\")) {
            if (!part.isEmpty() && GIT.matcher(fold(part)).matches()) {
                return true;
            }
        }
        return false;
    }
}
