package dev.safecoder.model;

/** Hears a reply while it is made. */
public interface ModelListener {
    /** More text of the reply. */
    void text(String more);
}
