package dev.safecoder.history;

import dev.safecoder.change.BlobId;
import dev.safecoder.change.TreeEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The bare repository on disk: objects in and out, its one branch, and what has left it. What is
 * written here is read here; JGit reads what somebody's git has packed.
 */
final class BareRepository implements AutoCloseable {
    private static final String HEAD = "HEAD";
    private static final String BRANCH = "refs/heads/main";
    private static final String REWOUND = "refs/safe-coder/rewound/";

    private final Path folder;
    private final LooseObjects loose;
    private final ChainPacks packs;
    private final Refs refs;
    private final Incoming incoming;
    private final Map<BlobId, Long> sizes = new ConcurrentHashMap<>();
    private @Nullable PackedObjects packed;

    BareRepository(Path folder) {
        this.folder = folder;
        this.loose = new LooseObjects(folder.resolve("objects"));
        this.packs = new ChainPacks(folder);
        this.refs = new Refs(folder);
        this.incoming = new Incoming(folder);
    }

    /** Lays out an empty repository in a folder that exists and is empty. */
    static void layOut(Path folder) throws IOException {
        for (var part :
                List.of(
                        "objects/info",
                        "objects/pack",
                        "refs/heads",
                        Incoming.FOLDER,
                        ChainPacks.FOLDER)) {
            Files.createDirectories(folder.resolve(part));
        }
        Files.writeString(
                folder.resolve("config"),
                """
                [core]
                \trepositoryformatversion = 0
                \tfilemode = true
                \tbare = true
                \tlogallrefupdates = false
                [gc]
                \tauto = 0
                """);
        Files.writeString(folder.resolve(HEAD), "ref: " + BRANCH + "\n");
    }

    static boolean isOne(Path folder) {
        return Files.isRegularFile(folder.resolve(HEAD))
                && Files.isDirectory(folder.resolve("objects"));
    }

    Path folder() {
        return folder;
    }

    /** Keeps a content of any length; {@link #settle} brings it to the disk. */
    TreeEntry store(TreeEntry.Type type, InputStream content) throws IOException {
        try (var arrived = incoming.take(content)) {
            var id = new BlobId(arrived.putInto(loose).hex());
            sizes.put(id, arrived.size());
            return new TreeEntry(type, id, arrived.size());
        }
    }

    long size(BlobId blob) throws IOException {
        var known = sizes.get(blob);
        if (known != null) {
            return known;
        }
        try (var object = open(blob)) {
            sizes.put(blob, object.size());
            return object.size();
        }
    }

    GitObject open(BlobId blob) throws IOException {
        return open(new ObjectId(blob.hex()));
    }

    GitObject open(ObjectId id) throws IOException {
        var here = loose.open(id);
        if (here.isPresent()) {
            return here.get();
        }
        var inChain = packs.open(id);
        return inChain.isPresent() ? inChain.get() : packed().open(id);
    }

    private synchronized PackedObjects packed() throws IOException {
        if (packed == null) {
            packed = new PackedObjects(folder);
        }
        return packed;
    }

    /** The whole content of a commit or tree. */
    byte[] bytes(ObjectId id) throws IOException {
        try (var object = open(id)) {
            return object.bytes();
        }
    }

    /** Brings everything that was kept to the disk. */
    void settle() throws IOException {
        loose.settle();
    }

    /** Where single objects go. */
    GitObject.Sink loose() {
        return loose;
    }

    ChainPacks packs() {
        return packs;
    }

    /** The branch's commit. */
    Optional<ObjectId> tip() throws IOException {
        return refs.get(BRANCH);
    }

    /** Moves the branch; everything the commit needs is on the disk. */
    void moveTip(ObjectId to) throws IOException {
        refs.set(BRANCH, to);
    }

    /** Holds a commit that is about to leave the branch, under the next free number. */
    void keepRewound(ObjectId commit) throws IOException {
        int number = 1;
        while (refs.get(REWOUND + number).isPresent()) {
            number++;
        }
        packs.keepAll();
        refs.set(REWOUND + number, commit);
    }

    @Override
    public synchronized void close() {
        packs.close();
        if (packed != null) {
            packed.close();
        }
    }
}
