package dev.safecoder.apply;

import dev.safecoder.change.BlobId;
import dev.safecoder.change.BlobSource;
import dev.safecoder.change.TreeComparison;
import dev.safecoder.change.TreeEntry;
import dev.safecoder.path.RelativePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Shows an apply as a change set over the project as it is now. */
final class Preview implements BlobSource {
    private final HostFolder.Opener opener;
    private final Path project;
    private final BlobSource blobs;
    private final Map<BlobId, RelativePath> onHost = new HashMap<>();
    private final Map<BlobId, Standing.Merge> merges = new HashMap<>();
    private final Map<BlobId, byte[]> targets = new HashMap<>();

    private Preview(HostFolder.Opener opener, Path project, BlobSource blobs) {
        this.opener = opener;
        this.project = project;
        this.blobs = blobs;
    }

    static ApplyPreview of(
            HostFolder.Opener opener, Path project, Wishes wishes, Preflight.Rules rules)
            throws IOException {
        try (var tree = new HostTree(opener.open(project))) {
            var outlook = Outlook.of(tree, wishes, rules);
            return new Preview(opener, project, wishes.blobs()).show(outlook);
        }
    }

    private ApplyPreview show(Outlook outlook) throws IOException {
        var before = new HashMap<RelativePath, TreeEntry>();
        var after = new HashMap<RelativePath, TreeEntry>();
        var merged = new ArrayList<RelativePath>();
        for (var one : outlook.judged()) {
            if (one.standing() instanceof Standing.Ready ready) {
                var path = one.wish().path();
                ready.before().flatMap(this::entry).ifPresent(entry -> before.put(path, entry));
                ready.after().flatMap(this::entry).ifPresent(entry -> after.put(path, entry));
                if (ready.before().orElse(null) instanceof Held.File file) {
                    onHost.put(file.blob(), path);
                }
                if (ready.merge().isPresent()
                        && ready.after().orElse(null) instanceof Held.File file) {
                    merges.put(file.blob(), ready.merge().get());
                    merged.add(path);
                }
            }
        }
        return new ApplyPreview(
                TreeComparison.between(before, after, this),
                merged,
                outlook.conflicts(),
                outlook.refused());
    }

    private Optional<TreeEntry> entry(Held held) {
        return switch (held) {
            case Held.Folder _ -> Optional.empty();
            case Held.Link link -> {
                var id = BlobDigest.of(link.bytes());
                targets.put(id, link.bytes());
                yield Optional.of(new TreeEntry(TreeEntry.Type.SYMLINK, id, link.bytes().length));
            }
            case Held.File file ->
                    Optional.of(
                            new TreeEntry(
                                    file.executable()
                                            ? TreeEntry.Type.EXECUTABLE
                                            : TreeEntry.Type.FILE,
                                    file.blob(),
                                    file.size()));
        };
    }

    @Override
    public byte[] bytes(BlobId id) throws IOException {
        try (var content = open(id)) {
            return content.readAllBytes();
        }
    }

    @Override
    public InputStream open(BlobId id) throws IOException {
        var target = targets.get(id);
        if (target != null) {
            return new ByteArrayInputStream(target);
        }
        var merge = merges.get(id);
        if (merge != null) {
            return new ByteArrayInputStream(merged(id, merge));
        }
        var path = onHost.get(id);
        return path != null ? openOnHost(path) : blobs.open(id);
    }

    private byte[] merged(BlobId id, Standing.Merge merge) throws IOException {
        return merge.content(
                        blobs.bytes(merge.base()), bytes(merge.host()), blobs.bytes(merge.wanted()))
                .filter(content -> BlobDigest.of(content).equals(id))
                .orElseThrow(() -> new NoSuchFileException(id.hex()));
    }

    /** The open file outlives the folders that led to it. */
    private InputStream openOnHost(RelativePath path) throws IOException {
        try (var tree = new HostTree(opener.open(project));
                var place = tree.at(path)) {
            return place.folder().read(place.name());
        }
    }
}
