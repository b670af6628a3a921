package dev.safecoder.review;

import dev.safecoder.change.BlobId;
import dev.safecoder.change.BlobSource;
import dev.safecoder.change.TreeComparison;
import dev.safecoder.change.TreeEntry;
import dev.safecoder.path.RelativePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Two trees that a test writes down. */
public final class ScriptedTrees implements BlobSource {
    private final Map<BlobId, byte[]> blobs = new HashMap<>();
    private final Map<RelativePath, TreeEntry> before = new HashMap<>();
    private final Map<RelativePath, TreeEntry> after = new HashMap<>();

    public ScriptedTrees with(String path, String old, String now) {
        before.put(RelativePath.of(path), entry(old));
        after.put(RelativePath.of(path), entry(now));
        return this;
    }

    private TreeEntry entry(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var id = new BlobId(HexFormat.of().toHexDigits(text.hashCode(), 8).repeat(5));
        blobs.put(id, bytes);
        return new TreeEntry(TreeEntry.Type.FILE, id, bytes.length);
    }

    public Review review() throws IOException {
        return Review.of(TreeComparison.between(before, after, this));
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
