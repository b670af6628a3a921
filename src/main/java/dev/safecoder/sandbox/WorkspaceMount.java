package dev.safecoder.sandbox;

import java.nio.file.Path;

/**
 * How the project comes to {@code /workspace}. All host paths are absolute and ours, never the
 * agent's.
 */
public sealed interface WorkspaceMount {
    /** An overlay: the project below, read-only; the session's own folders above. */
    record Overlay(Path lower, Path upper, Path work) implements WorkspaceMount {}

    /** A private copy of the project, writable. */
    record Folder(Path folder) implements WorkspaceMount {}

    /** An empty volume of the engine, filled through the guest after the start. */
    record Streamed() implements WorkspaceMount {}
}
