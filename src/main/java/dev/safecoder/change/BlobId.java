package dev.safecoder.change;

/** The name of a content in git's way: the SHA-1 of its blob, 40 lower-case hex digits. */
public record BlobId(String hex) {
    public BlobId {
        if (!hex.matches("[0-9a-f]{40}")) {
            throw new IllegalArgumentException("not a blob id: '%s'".formatted(hex));
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
