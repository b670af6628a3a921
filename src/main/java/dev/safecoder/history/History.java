package dev.safecoder.history;

import dev.safecoder.change.BlobId;
import dev.safecoder.change.BlobSource;
import dev.safecoder.change.ChangeSet;
import dev.safecoder.change.PathState;
import dev.safecoder.change.TreeComparison;
import dev.safecoder.change.TreeEntry;
import dev.safecoder.history.Node.Leaf;
import dev.safecoder.path.GitNames;
import dev.safecoder.path.RelativePath;
import dev.safecoder.text.TerminalEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Every step of a session as a commit in a bare git repository that any git can read.
 *
 * <p>The first commit, step 0, holds the originals of the paths that were ever touched, not the
 * whole project, so a checkpoint costs what changed. When a path of the project is touched for the
 * first time its original is put into every earlier commit, too: each commit then differs from the
 * one before in exactly what its step did, whatever git shows it. The ids of earlier commits change
 * by that; the step number is the name that stays.
 *
 * <p>A checkpoint is on the disk before the branch moves to it; after a crash the last complete
 * step stands. Nothing but the repository's own folder is read or written, and no program is
 * started. One process at a time writes; others may {@link #view}. Thread-safe.
 */
public final class History implements BlobSource, AutoCloseable {
    private static final String FIRST_SUBJECT = "Initial snapshot";

    private final BareRepository repository;
    private final Optional<Owner> owner;
    private Chain chain;
    private final Map<RelativePath, Optional<Leaf>> touched = new TreeMap<>();

    private History(BareRepository repository, Optional<Owner> owner, Chain chain) {
        this.repository = repository;
        this.owner = owner;
        this.chain = chain;
        recallTouched();
    }

    /**
     * A new history, owned by this process, with its first commit.
     *
     * @param gitFolder must not exist
     * @throws HistoryException when it does, or cannot be written
     */
    public static History create(Path gitFolder, Instant when) {
        if (Files.exists(gitFolder)) {
            throw HistoryException.exists(gitFolder);
        }
        try {
            makePrivate(gitFolder);
            BareRepository.layOut(gitFolder);
            var owner = own(gitFolder);
            var repository = new BareRepository(gitFolder);
            var words = new Chain.Words(FIRST_SUBJECT, "", when.truncatedTo(ChronoUnit.SECONDS));
            var chain = new Chain(List.of()).plus(words, new Folder(Map.of()), repository.loose());
            repository.settle();
            repository.moveTip(chain.last().commit());
            return new History(repository, Optional.of(owner), chain);
        } catch (IOException failed) {
            throw HistoryException.unwritable(gitFolder, failed);
        }
    }

    private static void makePrivate(Path folder) throws IOException {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        var own =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(
                folder, posix ? new FileAttribute<?>[] {own} : new FileAttribute<?>[0]);
    }

    /**
     * An existing history, owned by this process; what a dead owner left half done is cleared.
     *
     * @throws HistoryException when there is none, or a living process owns it
     */
    public static History open(Path gitFolder) {
        requireOne(gitFolder);
        try {
            var owner = own(gitFolder);
            boolean opened = false;
            try {
                Owner.sweep(gitFolder);
                var history = read(gitFolder, Optional.of(owner));
                opened = true;
                return history;
            } finally {
                if (!opened) {
                    owner.close();
                }
            }
        } catch (IOException failed) {
            throw HistoryException.unreadable(gitFolder, failed);
        }
    }

    /**
     * An existing history as it is now, for reading, whoever owns it. Later steps do not show.
     *
     * @throws HistoryException when there is none
     */
    public static History view(Path gitFolder) {
        requireOne(gitFolder);
        try {
            return read(gitFolder, Optional.empty());
        } catch (IOException failed) {
            throw HistoryException.unreadable(gitFolder, failed);
        }
    }

    private static void requireOne(Path gitFolder) {
        if (!BareRepository.isOne(gitFolder)) {
            throw HistoryException.absent(gitFolder);
        }
    }

    private static Owner own(Path gitFolder) throws IOException {
        return Owner.of(gitFolder).orElseThrow(() -> HistoryException.inUse(gitFolder));
    }

    private static History read(Path gitFolder, Optional<Owner> owner) throws IOException {
        var repository = new BareRepository(gitFolder);
        var tip = repository.tip().orElseThrow(() -> HistoryException.absent(gitFolder));
        return new History(repository, owner, Chain.read(repository, tip));
    }

    /**
     * Keeps a content; the source of every entry that {@link #checkpoint} is given. The content may
     * be of any length; it is on the disk for good once a checkpoint has been made.
     */
    public TreeEntry store(TreeEntry.Type type, InputStream content) throws IOException {
        requireOwner();
        return repository.store(type, content);
    }

    /**
     * Makes the next step.
     *
     * @param subject one line; like the body it is kept without control and invisible characters
     * @param originals what the project held at paths touched for the first time; for other paths
     *     it is ignored
     * @param states what the touched paths hold now; an empty one says that no file or link is
     *     there, though a folder may be
     * @throws HistoryException when it cannot be written (an interrupt, too, makes it so), or a
     *     path is none that git would hold; then nothing has changed
     */
    public synchronized Checkpoint checkpoint(
            String subject,
            String body,
            List<PathState> originals,
            List<PathState> states,
            Instant when) {
        requireOwner();
        var words =
                new Chain.Words(
                        TerminalEncoder.line(subject),
                        TerminalEncoder.block(body).strip(),
                        when.truncatedTo(ChronoUnit.SECONDS));
        var now = leaves(states);
        var firsts = leaves(originals);
        firsts.keySet().removeAll(touched.keySet());
        try {
            chain = write(words, firsts, now);
        } catch (IOException failed) {
            throw HistoryException.unwritable(repository.folder(), failed);
        }
        firsts.forEach(touched::putIfAbsent);
        touched.putAll(now);
        return chain.last().checkpoint(chain.steps().size() - 1);
    }

    private Chain write(
            Chain.Words words,
            Map<RelativePath, Optional<Leaf>> firsts,
            Map<RelativePath, Optional<Leaf>> now)
            throws IOException {
        var states = Edits.of(Edits.Rule.SET, now);
        if (firsts.values().stream().allMatch(Optional::isEmpty)) {
            var tree = states.applyTo(chain.last().tree());
            var longer = chain.plus(words, tree, repository.loose());
            repository.settle();
            repository.moveTip(longer.last().commit());
            return longer;
        }
        try (var pack = repository.packs().begin()) {
            var anew = chain.anew(Edits.of(Edits.Rule.FILL, firsts), words, states, pack);
            repository.settle();
            var name = pack.finish();
            repository.moveTip(anew.last().commit());
            repository.packs().take(name);
            return anew;
        }
    }

    private static Map<RelativePath, Optional<Leaf>> leaves(List<PathState> states) {
        var leaves = new TreeMap<RelativePath, Optional<Leaf>>();
        for (var state : states) {
            if (GitNames.isIn(state.path())) {
                throw HistoryException.gitName(state.path());
            }
            leaves.put(
                    state.path(), state.entry().map(entry -> new Leaf(entry.type(), entry.blob())));
        }
        return leaves;
    }

    /** All steps, oldest first, the initial snapshot included. */
    public synchronized List<Checkpoint> checkpoints() {
        return IntStream.range(0, chain.steps().size())
                .mapToObj(step -> chain.steps().get(step).checkpoint(step))
                .toList();
    }

    /** What differs between two steps, either order; step 0 is the project as it was. */
    public synchronized ChangeSet changes(int fromStep, int toStep) {
        try {
            var difference = Difference.between(chain.tree(fromStep), chain.tree(toStep));
            return TreeComparison.between(
                    Difference.entries(difference.before(), repository::size),
                    Difference.entries(difference.after(), repository::size),
                    this);
        } catch (IOException failed) {
            throw HistoryException.unreadable(repository.folder(), failed);
        }
    }

    /** Every path that the step's tree holds, in order. */
    public synchronized Map<RelativePath, TreeEntry> tree(int step) {
        try {
            var all = Difference.between(Folder.EMPTY, chain.tree(step)).after();
            return Difference.entries(all, repository::size);
        } catch (IOException failed) {
            throw HistoryException.unreadable(repository.folder(), failed);
        }
    }

    /**
     * Every path touched so far with what it holds at the newest step. After {@link #open} a path
     * that held nothing before the session and at every step is no longer among them.
     */
    public synchronized Map<RelativePath, Optional<TreeEntry>> touched() {
        try {
            var entries = new TreeMap<RelativePath, Optional<TreeEntry>>();
            for (var path : touched.entrySet()) {
                var leaf = path.getValue();
                entries.put(
                        path.getKey(),
                        leaf.isEmpty()
                                ? Optional.empty()
                                : Optional.of(Difference.entry(leaf.get(), repository::size)));
            }
            return entries;
        } catch (IOException failed) {
            throw HistoryException.unreadable(repository.folder(), failed);
        }
    }

    /**
     * Makes an earlier step the newest. The later ones leave the branch and stay readable under
     * {@code refs/safe-coder/rewound/} and a running number.
     */
    public synchronized void rewind(int step) {
        requireOwner();
        var shorter = chain.until(step);
        if (shorter.equals(chain)) {
            return;
        }
        try {
            repository.keepRewound(chain.last().commit());
            repository.moveTip(shorter.last().commit());
        } catch (IOException failed) {
            throw HistoryException.unwritable(repository.folder(), failed);
        }
        chain = shorter;
        recallTouched();
    }

    @Override
    public byte[] bytes(BlobId id) throws IOException {
        try (var object = repository.open(id)) {
            return object.bytes();
        }
    }

    @Override
    public InputStream open(BlobId id) throws IOException {
        return repository.open(id).content();
    }

    /** Lets another process own the history. */
    @Override
    public synchronized void close() {
        repository.close();
        owner.ifPresent(Owner::close);
    }

    private void requireOwner() {
        if (owner.isEmpty()) {
            throw new IllegalStateException("this history was opened for reading only");
        }
    }

    private void recallTouched() {
        touched.clear();
        var before = Folder.EMPTY;
        for (var step : chain.steps()) {
            var difference = Difference.between(before, step.tree());
            difference.before().keySet().forEach(path -> touched.put(path, Optional.empty()));
            difference.after().forEach((path, leaf) -> touched.put(path, Optional.of(leaf)));
            before = step.tree();
        }
    }
}
