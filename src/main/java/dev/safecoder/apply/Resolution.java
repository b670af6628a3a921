package dev.safecoder.apply;

/** What the user wants for one file that is a conflict otherwise. */
public enum Resolution {
    /** The host's file stays as it is. */
    KEEP_HOST,
    /** The session's file replaces the host's. */
    TAKE_SESSION,
    /** Both, between git's conflict markers; only for text, else it stays a conflict. */
    MARK_CONFLICTS
}
