package dev.safecoder.change;

/** The name of a content in git's way: the SHA-1 of its blob, 40 lower-case hex digits. */
public record BlobId(String hex) {
    public BlobId {
        if (hex.length() != 40 || !hex.chars().allMatch(BlobId::isHexDigit)) {
            throw new IllegalArgumentException("not a blob id: '%s'".formatted(hex));
        }
    }

    private static boolean isHexDigit(int one) {
        return one >= '0' && one <= '9' || one >= 'a' && one <= 'f';
    }

    @Override
    public String toString() {
        return hex;
    }
}
