package dev.safecoder.apply;

/** What the user wants for one file that both the host and the session changed. */
public enum Resolution {
    /** The host's file stays as it is. */
    KEEP_HOST,
    /** The session's file replaces the host's. */
    TAKE_SESSION,
    /** The merge, with both sides of a conflict between git's markers; only for text. */
    MARK_CONFLICTS
}
