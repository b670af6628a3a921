package dev.safecoder.change;

import dev.safecoder.path.RelativePath;
import java.util.Locale;
import java.util.Optional;

/**
 * One path that differs between two trees.
 *
 * @param from where a renamed file was before; empty for every other kind
 * @param before what was there (at {@code from} for a rename)
 * @param after what is there now
 * @param lines what was added and deleted; zero for binary content and links
 */
public record Change(
        RelativePath path,
        Kind kind,
        Optional<RelativePath> from,
        Optional<TreeEntry> before,
        Optional<TreeEntry> after,
        Content content,
        LineCount lines) {
    /** The kinds that users and scripts see; the names are part of the command line's contract. */
    public enum Kind {
        ADDED,
        MODIFIED,
        DELETED,
        RENAMED,
        MODE_CHANGED,
        /** A symlink was made, retargeted, or took or left the place of a file. */
        SYMLINK;

        /** The kind for a person: {@code mode changed}. */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** Whether the content can be shown and decided by lines. */
    public enum Content {
        TEXT,
        BINARY
    }

    /** Lines added and deleted. */
    public record LineCount(int added, int deleted) {}
}
