package dev.safecoder.review;

import dev.safecoder.change.BlobId;
import dev.safecoder.change.BlobSource;
import dev.safecoder.change.Change;
import dev.safecoder.change.ChangeSet;
import dev.safecoder.change.TreeEntry;
import dev.safecoder.path.RelativePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One change that a test writes down; an empty text before means that the file is new. */
final class ScriptedChange implements BlobSource {
    private final Map<BlobId, byte[]> blobs = new HashMap<>();
    private final RelativePath path;
    private Optional<TreeEntry> before = Optional.empty();
    private Optional<TreeEntry> after = Optional.empty();
    private Change.Content content = Change.Content.TEXT;

    ScriptedChange(String path) {
        this.path = RelativePath.of(path);
    }

    ScriptedChange from(String text) {
        before = text.isEmpty() ? Optional.empty() : Optional.of(entry(text));
        return this;
    }

    ScriptedChange to(String text) {
        after = Optional.of(entry(text));
        return this;
    }

    ScriptedChange as(TreeEntry.Type type) {
        after = after.map(entry -> new TreeEntry(type, entry.blob(), entry.size()));
        return this;
    }

    ScriptedChange binary() {
        content = Change.Content.BINARY;
        return this;
    }

    private TreeEntry entry(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var id = new BlobId(HexFormat.of().toHexDigits(text.hashCode(), 8).repeat(5));
        blobs.put(id, bytes);
        return new TreeEntry(TreeEntry.Type.FILE, id, bytes.length);
    }

    Change change() {
        var kind = before.isEmpty() ? Change.Kind.ADDED : Change.Kind.MODIFIED;
        return new Change(
                path,
                after.isEmpty() ? Change.Kind.DELETED : kind,
                Optional.empty(),
                before,
                after,
                content,
                new Change.LineCount(0, 0));
    }

    List<Risk> risks() throws IOException {
        return new Risks(this).of(change());
    }

    ChangeSet alone() {
        return new ChangeSet(List.of(change()), this);
    }

    @Override
    public byte[] bytes(BlobId id) {
        return blobs.getOrDefault(id, new byte[0]);
    }

    @Override
    public InputStream open(BlobId id) {
        return new ByteArrayInputStream(bytes(id));
    }
}
