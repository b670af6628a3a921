package dev.safecoder.history;

import dev.safecoder.change.BlobId;
import dev.safecoder.change.TreeEntry;

/** What a name in a folder stands for. */
sealed interface Node permits Node.Leaf, Folder {
    /** A file or a link. */
    record Leaf(TreeEntry.Type type, BlobId blob) implements Node {}
}
