package dev.safecoder.history;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** One commit of the chain: what does not change when the chain is written anew, and its tree. */
record Step(ObjectId commit, String subject, String body, Instant when, Folder tree) {
    private static final String WHO = "Safe Coder <safe-coder@localhost>";

    /** The commit object of a step; its parent is the commit of the step before. */
    static byte[] commit(Chain.Words words, ObjectId tree, Optional<ObjectId> parent) {
        var who = "%s %d +0000".formatted(WHO, words.when().getEpochSecond());
        var text = new StringBuilder("tree ").append(tree.hex()).append('\n');
        parent.ifPresent(above -> text.append("parent ").append(above.hex()).append('\n'));
        text.append("author ").append(who).append('\n');
        text.append("committer ").append(who).append("\n\n");
        text.append(words.subject()).append('\n');
        if (!words.body().isEmpty()) {
            text.append('\n').append(words.body()).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A commit object read back. */
    record Parsed(ObjectId tree, Optional<ObjectId> parent, Chain.Words words) {
        private static final Pattern COMMIT =
                Pattern.compile(
                        "tree (\\w+)\n(?:parent (\\w+)\n)?author .*\ncommitter .* (\\d{1,12}) \\+0000\n"
                                + "\n(.*)\n(?s)(.*)");

        static Parsed of(byte[] commit) throws IOException {
            var found = COMMIT.matcher(new String(commit, StandardCharsets.UTF_8));
            if (!found.matches()) {
                throw new IOException("a commit is not one of a history");
            }
            var parent = found.group(2);
            return new Parsed(
                    ObjectId.read(found.group(1)),
                    parent == null ? Optional.empty() : Optional.of(ObjectId.read(parent)),
                    new Chain.Words(
                            found.group(4),
                            found.group(5).strip(),
                            Instant.ofEpochSecond(Long.parseLong(found.group(3)))));
        }
    }

    Checkpoint checkpoint(int number) {
        return new Checkpoint(number, commit.hex(), subject, body, when);
    }
}
