package dev.safecoder.guest;

/** The answer to a read. */
public sealed interface FileAnswer {
    /** Bytes from the asked offset; {@code size} and {@code mode} are the whole file's. */
    record Content(byte[] bytes, long size, int mode) implements FileAnswer {}

    /** It could not be read: Linux error number. */
    record Refused(int errno, String step) implements FileAnswer {}
}
