package dev.safecoder.apply;

import dev.safecoder.path.RelativePath;
import java.nio.file.Path;
import java.util.List;

/**
 * Everything that one apply will do, in order: deletions of files, then of the folders that they
 * empty, then new folders, then new and changed files.
 *
 * @param session whose changes they are
 * @param staging the folder in the project's root where new content waits
 */
record Plan(Path project, String session, RelativePath staging, List<Step> steps) {
    Plan {
        steps = List.copyOf(steps);
    }
}
