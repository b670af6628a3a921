package dev.safecoder.guest;

/** The answer to a write. */
public sealed interface WriteAnswer {
    /** It is there, whole. */
    record Written() implements WriteAnswer {}

    /** Nothing changed: Linux error number. */
    record Refused(int errno, String step) implements WriteAnswer {}
}
