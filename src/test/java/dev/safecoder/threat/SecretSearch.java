package dev.safecoder.threat;

import dev.safecoder.history.RealGit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks for secrets in everything that a session leaves or shows. */
final class SecretSearch {
    private SecretSearch() {}

    /** Where one of them was found, a line each. */
    static List<String> in(Path folder, List<String> answers, List<String> secrets)
            throws IOException, InterruptedException {
        var found = new ArrayList<String>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                search(file.toString(), Files.readAllBytes(file), secrets, found);
            }
        }
        search("a git object", objects(folder.resolve("history.git")), secrets, found);
        for (var answer : answers) {
            search("an answer", answer.getBytes(StandardCharsets.ISO_8859_1), secrets, found);
        }
        return found;
    }

    /** All objects, unpacked, as git itself reads them. */
    private static byte[] objects(Path repository) throws IOException, InterruptedException {
        return new RealGit(repository)
                .run(
                        new byte[0],
                        "--git-dir",
                        repository.toString(),
                        "cat-file",
                        "--batch-all-objects",
                        "--batch")
                .output();
    }

    private static void search(
            String where, byte[] content, List<String> secrets, List<String> found) {
        var text = new String(content, StandardCharsets.ISO_8859_1);
        secrets.stream()
                .filter(text::contains)
                .forEach(secret -> found.add("%s in %s".formatted(secret, where)));
    }
}
