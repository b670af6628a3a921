package dev.safecoder.apply;

import dev.safecoder.history.CommittedTree;
import dev.safecoder.history.CommittedTree.Entry;
import dev.safecoder.history.CommittedTree.Kind;
import dev.safecoder.path.RelativePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A folder of a commit, seen as if the host held it. Only for looking. */
final class CommittedFolder implements HostFolder {
    private static final HostEntry ITSELF = entry(HostEntry.Kind.FOLDER, 0755, 0);

    private final CommittedTree tree;
    private final Map<RelativePath, Entry> entries;

    CommittedFolder(CommittedTree tree) {
        this.tree = tree;
        this.entries = tree.entries();
    }

    private static HostEntry entry(HostEntry.Kind kind, int mode, long size) {
        return new HostEntry(kind, mode, 0, 0, size, 0, 0, 0);
    }

    @Override
    public Optional<HostEntry> look(RelativePath name) throws IOException {
        var entry = entries.get(name);
        if (entry == null) {
            return Optional.empty();
        }
        return Optional.of(
                switch (entry.kind()) {
                    case FILE -> entry(HostEntry.Kind.FILE, 0644, tree.size(entry));
                    case EXECUTABLE -> entry(HostEntry.Kind.FILE, 0755, tree.size(entry));
                    case LINK -> entry(HostEntry.Kind.LINK, 0777, tree.size(entry));
                    case FOLDER -> ITSELF;
                    case OTHER -> entry(HostEntry.Kind.OTHER, 0, 0);
                });
    }

    @Override
    public HostEntry look() {
        return ITSELF;
    }

    @Override
    public List<RelativePath> names() {
        return List.copyOf(entries.keySet());
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public HostFolder open(RelativePath name) throws IOException {
        var entry = found(name);
        if (entry.kind() != Kind.FOLDER) {
            throw new NotDirectoryException(name.toString());
        }
        return new CommittedFolder(tree.open(entry));
    }

    @Override
    public InputStream read(RelativePath name) throws IOException {
        return tree.content(found(name));
    }

    @Override
    public byte[] target(RelativePath name) throws IOException {
        try (var content = read(name)) {
            return content.readAllBytes();
        }
    }

    private Entry found(RelativePath name) throws IOException {
        var entry = entries.get(name);
        if (entry == null) {
            throw new NoSuchFileException(name.toString());
        }
        return entry;
    }

    @Override
    public void make(RelativePath name, int mode) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public HostFile create(RelativePath name, int mode) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void link(RelativePath name, byte[] target) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void grant(RelativePath name, Rights rights) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void move(RelativePath name, HostFolder to, RelativePath newName) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public boolean exchange(RelativePath name, HostFolder with, RelativePath otherName) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void replace(RelativePath name, RelativePath newName) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void delete(RelativePath name) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void deleteFolder(RelativePath name) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void sync() {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void close() {}
}
