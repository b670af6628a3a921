package dev.safecoder.change;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;

/** Contents in memory, named as git names them. */
final class MemoryBlobs implements BlobSource {
    private final Map<BlobId, byte[]> contents = new HashMap<>();

    TreeEntry put(TreeEntry.Type type, byte[] content) {
        var id = id(content);
        contents.put(id, content);
        return new TreeEntry(type, id, content.length);
    }

    TreeEntry file(String content) {
        return put(TreeEntry.Type.FILE, content.getBytes(StandardCharsets.UTF_8));
    }

    static BlobId id(byte[] content) {
        try {
            var sha = MessageDigest.getInstance("SHA-1");
            sha.update("blob %d\0".formatted(content.length).getBytes(StandardCharsets.US_ASCII));
            return new BlobId(HexFormat.of().formatHex(sha.digest(content)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }

    @Override
    public byte[] bytes(BlobId id) {
        return Objects.requireNonNull(contents.get(id));
    }

    @Override
    public InputStream open(BlobId id) {
        return new ByteArrayInputStream(bytes(id));
    }
}
