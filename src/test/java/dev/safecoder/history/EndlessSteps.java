package dev.safecoder.history;

import dev.safecoder.change.PathState;
import dev.safecoder.change.TreeEntry;
import dev.safecoder.path.RelativePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes step after step until it is killed, and says each one that is complete. */
final class EndlessSteps {
    private EndlessSteps() {}

    public static void main(String[] arguments) throws IOException {
        var folder = Path.of(arguments[0]);
        try (var history =
                Files.exists(folder)
                        ? History.open(folder)
                        : History.create(folder, Instant.EPOCH)) {
            System.out.println(history.checkpoints().size() - 1);
            while (true) {
                System.out.println(step(history));
            }
        }
    }

    /** Step n changes file n, whose original is new, and file 0. */
    static int step(History history) throws IOException {
        int number = history.checkpoints().size();
        var name = "src/" + number;
        var made =
                history.checkpoint(
                        "step " + number,
                        "",
                        List.of(file(history, name, "original " + number)),
                        List.of(
                                file(history, name, "changed in " + number),
                                file(history, "0", "as of " + number)),
                        Instant.EPOCH);
        return made.step();
    }

    private static PathState file(History history, String path, String content) throws IOException {
        var bytes = new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
        return new PathState(
                RelativePath.of(path), Optional.of(history.store(TreeEntry.Type.FILE, bytes)));
    }
}
