package dev.safecoder.apply;

/** Permission bits and owner of something on the host. */
record Rights(int mode, int uid, int gid) {
    /** The same for a file with the given executable bit; who may read it may then execute it. */
    Rights executable(boolean executable) {
        int plain = mode & 0666;
        return new Rights(executable ? plain | 0100 | plain >> 2 & 0111 : plain, uid, gid);
    }
}
