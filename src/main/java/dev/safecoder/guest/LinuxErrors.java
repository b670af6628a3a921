package dev.safecoder.guest;

/** The error numbers of Linux that the host itself gives or understands, on every architecture. */
final class LinuxErrors {
    static final int ENOENT = 2;
    static final int E2BIG = 7;
    static final int EINVAL = 22;
    static final int ENAMETOOLONG = 36;

    private LinuxErrors() {}
}
