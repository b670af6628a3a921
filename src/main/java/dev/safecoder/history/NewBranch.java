package dev.safecoder.history;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.eclipse.jgit.lib.Repository;

/**
 * A branch that is to be made with one commit.
 *
 * @param name without {@code refs/heads/}
 * @param userConfigs the user's own git configuration, the strongest last: whose name the commit
 *     carries when the repository's says nothing
 */
public record NewBranch(String name, String message, Instant when, List<Path> userConfigs) {
    public NewBranch {
        if (!isName(name)) {
            throw new IllegalArgumentException("'%s' is no name of a branch".formatted(name));
        }
        userConfigs = List.copyOf(userConfigs);
    }

    /** Whether git would take this for the name of a branch. */
    public static boolean isName(String name) {
        return !name.startsWith("-")
                && !name.equals("HEAD")
                && name.getBytes(StandardCharsets.UTF_8).length <= 200
                && Repository.isValidRefName("refs/heads/" + name);
    }

    String ref() {
        return "refs/heads/" + name;
    }
}
