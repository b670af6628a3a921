package dev.safecoder.guest;

import java.util.OptionalInt;

/** What to write: a file, a folder (no content) or a symlink (the content is its target). */
public record WriteRequest(Kind kind, byte[] path, OptionalInt mode, long size) {
    /** The kinds of PROTOCOL.md, in the order of their numbers. */
    public enum Kind {
        FILE,
        FOLDER,
        SYMLINK
    }

    /** A file that keeps its mode, or gets 0644 when it is new. */
    public static WriteRequest file(byte[] path, long size) {
        return new WriteRequest(Kind.FILE, path, OptionalInt.empty(), size);
    }
}
