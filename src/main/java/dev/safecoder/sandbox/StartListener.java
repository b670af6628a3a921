package dev.safecoder.sandbox;

/** Hears what takes long while a sandbox starts, for a person. */
@FunctionalInterface
public interface StartListener {
    /** One short line, such as {@code pulling ubuntu:22.04: 31 MB of 78 MB}. */
    void progress(String line);
}
