package dev.safecoder.apply;

import dev.safecoder.change.BlobId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Names content as git names a blob, while it is read or copied. */
final class BlobDigest {
    private static final int CHUNK = 1 << 16;

    /** Takes the bytes that went by. */
    @FunctionalInterface
    interface Sink {
        void take(byte[] bytes, int length) throws IOException;
    }

    private BlobDigest() {}

    static BlobId of(byte[] content) {
        try {
            return read(new ByteArrayInputStream(content), content.length, (_, _) -> {})
                    .orElseThrow();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * Reads to the end, or just past the size.
     *
     * @return empty when there was not exactly {@code size} to read
     */
    static Optional<BlobId> read(InputStream content, long size, Sink sink) throws IOException {
        var digest = sha1();
        digest.update("blob %d\0".formatted(size).getBytes(StandardCharsets.US_ASCII));
        var chunk = new byte[CHUNK];
        long seen = 0;
        for (int got = content.read(chunk); got >= 0; got = content.read(chunk)) {
            seen += got;
            if (seen > size) {
                return Optional.empty();
            }
            digest.update(chunk, 0, got);
            sink.take(chunk, got);
        }
        return seen == size
                ? Optional.of(new BlobId(HexFormat.of().formatHex(digest.digest())))
                : Optional.empty();
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-1", impossible);
        }
    }
}
