package dev.safecoder.change;

import dev.safecoder.path.RelativePath;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Writes changes in git's patch format: {@code git apply --binary} of it on the tree before gives
 * the tree after, byte for byte. Paths are quoted; contents are as they are, so what goes to a
 * terminal must be encoded by the caller.
 */
public final class Patch {
    private static final String NO_BLOB = "0".repeat(40);

    private final BlobSource blobs;
    private final OutputStream out;

    private Patch(BlobSource blobs, OutputStream out) {
        this.blobs = blobs;
        this.out = out;
    }

    /** Writes all changes; one text, or one piece of a binary content, is in memory at a time. */
    public static void write(ChangeSet set, OutputStream to) throws IOException {
        var out = new BufferedOutputStream(to, 1 << 16);
        for (var change : set.changes()) {
            new Patch(set.blobs(), out).write(change);
        }
        out.flush();
    }

    /** Writes one hunk, or a part of one, with its context and the line of its place. */
    public static void write(TextChange change, Hunk hunk, OutputStream to) throws IOException {
        var out = new BufferedOutputStream(to, 1 << 16);
        UnifiedText.write(change, hunk, out);
        out.flush();
    }

    private void write(Change change) throws IOException {
        var before = change.before();
        var after = change.after();
        if (before.isPresent()
                && after.isPresent()
                && isLink(before.get()) != isLink(after.get())) {
            // git has no form for a file that becomes a link: the one goes, the other comes
            writeOne(change.path(), change.path(), before, Optional.empty());
            writeOne(change.path(), change.path(), Optional.empty(), after);
        } else {
            writeOne(change.from().orElse(change.path()), change.path(), before, after);
        }
    }

    private void writeOne(
            RelativePath from,
            RelativePath to,
            Optional<TreeEntry> before,
            Optional<TreeEntry> after)
            throws IOException {
        line(
                "diff --git %s %s"
                        .formatted(QuotedPath.inHeader("a/", from), QuotedPath.inHeader("b/", to)));
        writeModes(before, after);
        if (!from.equals(to)) {
            line("similarity index %d%%".formatted(similarity(before, after)));
            line("rename from " + QuotedPath.of(from));
            line("rename to " + QuotedPath.of(to));
        }
        if (before.map(TreeEntry::blob).equals(after.map(TreeEntry::blob))) {
            return;
        }
        line("index %s..%s%s".formatted(id(before), id(after), sameMode(before, after)));
        if (ContentKind.of(before, after, blobs) == Change.Content.BINARY) {
            line("GIT binary patch");
            writeBinary(after);
            writeBinary(before);
        } else {
            writeText(from, to, before, after);
        }
    }

    private void writeModes(Optional<TreeEntry> before, Optional<TreeEntry> after)
            throws IOException {
        if (before.isEmpty()) {
            line("new file mode " + mode(after));
        } else if (after.isEmpty()) {
            line("deleted file mode " + mode(before));
        } else if (before.get().type() != after.get().type()) {
            line("old mode " + mode(before));
            line("new mode " + mode(after));
        }
    }

    private int similarity(Optional<TreeEntry> before, Optional<TreeEntry> after)
            throws IOException {
        var old = before.orElseThrow();
        var now = after.orElseThrow();
        if (old.blob().equals(now.blob())) {
            return 100;
        }
        var profile = Similarity.of(blobs.bytes(old.blob()));
        int score = profile.score(Similarity.of(blobs.bytes(now.blob())));
        return (int) (score * 100L / Similarity.MOST);
    }

    private void writeBinary(Optional<TreeEntry> entry) throws IOException {
        try (var content =
                entry.isEmpty() ? InputStream.nullInputStream() : blobs.open(entry.get().blob())) {
            BinaryPatch.write(entry.map(TreeEntry::size).orElse(0L), content, out);
        }
    }

    private void writeText(
            RelativePath from,
            RelativePath to,
            Optional<TreeEntry> before,
            Optional<TreeEntry> after)
            throws IOException {
        var change = TextChange.of(before, after, blobs);
        if (change.edits().isEmpty()) {
            return; // an empty file that comes or goes
        }
        line("--- " + (before.isEmpty() ? "/dev/null" : side("a/", from)));
        line("+++ " + (after.isEmpty() ? "/dev/null" : side("b/", to)));
        UnifiedText.write(change, out);
    }

    /** A tab after a name with a space tells where it ends. */
    private static String side(String prefix, RelativePath path) {
        var quoted = QuotedPath.of(prefix, path);
        return quoted.indexOf(' ') >= 0 ? quoted + "\t" : quoted;
    }

    private static String id(Optional<TreeEntry> entry) {
        return entry.map(there -> there.blob().hex()).orElse(NO_BLOB);
    }

    private static String sameMode(Optional<TreeEntry> before, Optional<TreeEntry> after) {
        boolean same =
                before.isPresent()
                        && after.isPresent()
                        && before.get().type() == after.get().type();
        return same ? " " + mode(after) : "";
    }

    private static String mode(Optional<TreeEntry> entry) {
        return Integer.toOctalString(entry.orElseThrow().type().gitMode());
    }

    private static boolean isLink(TreeEntry entry) {
        return entry.type() == TreeEntry.Type.SYMLINK;
    }

    private void line(String text) throws IOException {
        out.write((text + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
