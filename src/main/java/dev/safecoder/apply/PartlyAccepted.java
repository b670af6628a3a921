package dev.safecoder.apply;

import dev.safecoder.change.BlobId;
import dev.safecoder.change.BlobSource;
import dev.safecoder.change.Change;
import dev.safecoder.change.Edit;
import dev.safecoder.change.TextChange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A change set's contents and those that come of accepting some of a file's edits. These are made
 * again whenever they are asked for, so that a review of thousands of files fits in memory.
 */
final class PartlyAccepted implements BlobSource {
    private final BlobSource blobs;
    private final Map<BlobId, Part> parts = new HashMap<>();

    private record Part(Change change, Set<Edit> accepted) {}

    PartlyAccepted(BlobSource blobs) {
        this.blobs = blobs;
    }

    /** Remembers how a content is made, and names it. */
    BlobId add(Change change, Set<Edit> accepted, byte[] content) {
        var id = BlobDigest.of(content);
        parts.put(id, new Part(change, Set.copyOf(accepted)));
        return id;
    }

    /** The contents that are made here. */
    Set<BlobId> made() {
        return Set.copyOf(parts.keySet());
    }

    @Override
    public byte[] bytes(BlobId id) throws IOException {
        var part = parts.get(id);
        return part == null
                ? blobs.bytes(id)
                : TextChange.of(part.change(), blobs).accepting(part.accepted());
    }

    @Override
    public InputStream open(BlobId id) throws IOException {
        return parts.containsKey(id) ? new ByteArrayInputStream(bytes(id)) : blobs.open(id);
    }
}
