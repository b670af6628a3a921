package dev.safecoder.workspace;

import dev.safecoder.path.RelativePath;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Which names are git's own, so that nothing at or below them is ever taken out of a sandbox. */
final class GitNames {
    private GitNames() {}

    /** Whether one name is {@code .git} in any letter case. */
    static boolean isGitFolder(RelativePath name) {
        return ".git".equalsIgnoreCase(new String(name.bytes(), StandardCharsets.ISO_8859_1));
    }

    /** The part of the path down to its first git name, when there is one. */
    static Optional<RelativePath> gitFolderOf(RelativePath path) {
        Optional<RelativePath> soFar = Optional.empty();
        for (var name : path.names()) {
            var here = soFar.map(above -> above.resolve(name)).orElse(name);
            if (isGitFolder(name)) {
                return Optional.of(here);
            }
            soFar = Optional.of(here);
        }
        return Optional.empty();
    }
}
