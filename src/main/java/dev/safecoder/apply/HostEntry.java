package dev.safecoder.apply;

/**
 * What the host holds at one name, the link itself when it is one.
 *
 * @param mode the permission bits, with set-id and sticky bits
 * @param size bytes; of a link, the length of its target
 * @param file which file of its file system it is; 0 where the system does not say
 * @param mount which mount it lies on; 0 where the system does not say
 * @param modified time of the last modification in nanoseconds since 1970
 */
record HostEntry(
        Kind kind, int mode, int uid, int gid, long size, long file, long mount, long modified) {
    enum Kind {
        FILE,
        FOLDER,
        LINK,
        /** A device, pipe or socket. */
        OTHER
    }

    boolean isFolder() {
        return kind == Kind.FOLDER;
    }

    boolean isExecutable() {
        return (mode & 0100) != 0;
    }

    boolean hasSpecialBits() {
        return (mode & 07000) != 0;
    }

    Rights rights() {
        return new Rights(mode, uid, gid);
    }

    /** Whether nobody wrote to it or put another in its place since. */
    boolean isStill(HostEntry later) {
        return kind == later.kind
                && file == later.file
                && (kind == Kind.FOLDER || size == later.size && modified == later.modified);
    }
}
