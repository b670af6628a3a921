package dev.safecoder.review;

/** The user's decision about a file or a hunk. */
public enum Verdict {
    ACCEPT,
    REJECT,
    UNDECIDED
}
