package dev.safecoder.change;

import java.io.IOException;
import java.util.Optional;

/** Decides whether a content is text, as git does: no NUL among its first bytes. */
final class ContentKind {
    /** Larger contents are shown by size and hash only. */
    static final long MOST_TEXT_BYTES = 8L << 20;

    /** So are contents with more lines. */
    static final int MOST_LINES = 1_000_000;

    private static final int LOOKED_AT = 8_000;

    private ContentKind() {}

    static Change.Content of(
            Optional<TreeEntry> before, Optional<TreeEntry> after, BlobSource blobs)
            throws IOException {
        return isText(before, blobs) && isText(after, blobs)
                ? Change.Content.TEXT
                : Change.Content.BINARY;
    }

    private static boolean isText(Optional<TreeEntry> entry, BlobSource blobs) throws IOException {
        if (entry.isEmpty() || entry.get().size() == 0) {
            return true;
        }
        if (entry.get().size() > MOST_TEXT_BYTES) {
            return false;
        }
        return isText(blobs.bytes(entry.get().blob()));
    }

    static boolean isText(byte[] content) {
        int most = Math.min(content.length, LOOKED_AT);
        for (int at = 0; at < most; at++) {
            if (content[at] == 0) {
                return false;
            }
        }
        return Lines.count(content) <= MOST_LINES;
    }
}
