package dev.safecoder.guest;

/**
 * What the guest says of one path; nothing of it is trusted before {@code path} has become a {@link
 * dev.safecoder.path.RelativePath}.
 */
public record Entry(
        Kind kind,
        int mode,
        long size,
        long mtimeSeconds,
        int mtimeNanos,
        long links,
        byte[] path) {
    /** The kinds of PROTOCOL.md, in the order of their numbers. */
    public enum Kind {
        GONE,
        FILE,
        FOLDER,
        SYMLINK,
        FIFO,
        SOCKET,
        CHARACTER_DEVICE,
        BLOCK_DEVICE,
        FILE_TOO_LARGE,
        FILE_UNREADABLE,
        FOLDER_UNREADABLE
    }
}
