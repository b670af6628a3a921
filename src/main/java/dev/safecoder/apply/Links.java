package dev.safecoder.apply;

/** Whether symlinks may be made in the project. */
public enum Links {
    /** Every change that leaves a symlink is refused. */
    REFUSE,
    /** Those are made whose target lies inside the project, by its text. */
    ALLOW_INSIDE
}
