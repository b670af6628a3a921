package dev.safecoder.path;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names that some git, on some file system, takes for its own folder: {@code .git} in any letter
 * case, with trailing dots or spaces or a stream as NTFS ignores them, its short name {@code
 * git~1}, and with code points that HFS+ ignores. Git refuses trees that hold them.
 */
public final class GitNames {
    private static final Pattern HFS_IGNORES =
            Pattern.compile("[\\u200c-\\u200f\\u202a-\\u202e\\u206a-\\u206f\\ufeff]");
    private static final Pattern NTFS =
            Pattern.compile("(\\.git|git~1)[ .]*([:\\\\].*)?", Pattern.DOTALL);

    private GitNames() {}

    /** Whether any name of the path is one. */
    public static boolean isIn(RelativePath path) {
        return folderOf(path).isPresent();
    }

    /** The part of the path down to its first such name, when there is one. */
    public static Optional<RelativePath> folderOf(RelativePath path) {
        Optional<RelativePath> soFar = Optional.empty();
        for (var name : path.names()) {
            var here = soFar.map(above -> above.resolve(name)).orElse(name);
            if (isOne(name)) {
                return Optional.of(here);
            }
            soFar = Optional.of(here);
        }
        return Optional.empty();
    }

    /** Whether a single name is one. */
    public static boolean isOne(RelativePath name) {
        var text = new String(name.bytes(), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        // Git compares names with NTFS part by part: a backslash separates there
        for (var part : text.split("\\\\")) {
            if (NTFS.matcher(part).matches()) {
                return true;
            }
        }
        return HFS_IGNORES.matcher(text).replaceAll("").equals(".git");
    }
}
