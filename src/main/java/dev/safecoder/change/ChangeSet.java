package dev.safecoder.change;

import java.util.List;

/** Everything that differs between two trees, ordered by path, with the contents behind it. */
public record ChangeSet(List<Change> changes, BlobSource blobs) {
    public ChangeSet {
        changes = List.copyOf(changes);
    }
}
