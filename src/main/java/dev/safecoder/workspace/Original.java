package dev.safecoder.workspace;

import java.nio.file.Path;

/** What the project had at a path when the session began. */
public sealed interface Original {
    /** Nothing. */
    record Absent() implements Original {}

    /** A regular file, unchanged since, whose content can be read here. */
    record File(Path host, boolean executable, long size) implements Original {}

    /** A symlink with this target. */
    record Link(byte[] target) implements Original {}

    /** A folder. */
    record Folder(Path host) implements Original {}

    /** Something that has changed since the session began, or cannot be read: never guessed. */
    record Unknown(String reason) implements Original {}
}
