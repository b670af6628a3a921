package dev.safecoder.change;

/**
 * What a tree holds at a path: a file, an executable file or a symlink (its blob is the target's
 * text), with the content's id and size in bytes. Folders exist only through what they hold.
 */
public record TreeEntry(Type type, BlobId blob, long size) {
    /** The three kinds that a project's tree may hold, with git's modes. */
    public enum Type {
        FILE(0100644),
        EXECUTABLE(0100755),
        SYMLINK(0120000);

        private final int gitMode;

        Type(int gitMode) {
            this.gitMode = gitMode;
        }

        /** Git's tree mode. */
        public int gitMode() {
            return gitMode;
        }
    }

    public TreeEntry {
        if (size < 0) {
            throw new IllegalArgumentException("negative size");
        }
    }
}
