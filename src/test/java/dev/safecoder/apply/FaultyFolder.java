package dev.safecoder.apply;

import dev.safecoder.path.RelativePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Stands before a real folder and lets a {@link Fault} happen before any step that writes. Waits
 * for no disk: what it stands for is the end of a process, not of the power.
 */
final class FaultyFolder implements HostFolder {
    /** One step that is about to be done. */
    record Operation(Kind kind, String subject) {
        enum Kind {
            MAKE,
            CREATE,
            WRITE,
            GRANT,
            LINK,
            MOVE,
            EXCHANGE,
            REPLACE,
            DELETE,
            SYNC_FILE,
            SYNC_FOLDER
        }

        /** Whether a full disk would refuse it. */
        boolean needsRoom() {
            return switch (kind) {
                case MAKE, CREATE, WRITE, LINK, SYNC_FILE -> true;
                case GRANT, MOVE, EXCHANGE, REPLACE, DELETE, SYNC_FOLDER -> false;
            };
        }
    }

    /** Decides what happens instead of a step, by throwing, or lets it happen by returning. */
    @FunctionalInterface
    interface Fault {
        void before(Operation operation) throws IOException;
    }

    private final HostFolder real;
    private final String where;
    private final Fault fault;

    private FaultyFolder(HostFolder real, String where, Fault fault) {
        this.real = real;
        this.where = where;
        this.fault = fault;
    }

    static HostFolder.Opener opener(HostFolder.Opener real, Fault fault) {
        return (Path path) -> new FaultyFolder(real.open(path), path.toString(), fault);
    }

    private void before(Operation.Kind kind, RelativePath name) throws IOException {
        before(new Operation(kind, where + "/" + name));
    }

    /** Files may be brought to the disk by many threads; a fault sees one step after the other. */
    private void before(Operation operation) throws IOException {
        synchronized (fault) {
            fault.before(operation);
        }
    }

    @Override
    public Optional<HostEntry> look(RelativePath name) throws IOException {
        return real.look(name);
    }

    @Override
    public HostEntry look() throws IOException {
        return real.look();
    }

    @Override
    public List<RelativePath> names() throws IOException {
        return real.names();
    }

    @Override
    public boolean isWritable() throws IOException {
        return real.isWritable();
    }

    @Override
    public HostFolder open(RelativePath name) throws IOException {
        return new FaultyFolder(real.open(name), where + "/" + name, fault);
    }

    @Override
    public void make(RelativePath name, int mode) throws IOException {
        before(Operation.Kind.MAKE, name);
        real.make(name, mode);
    }

    @Override
    public HostFile create(RelativePath name, int mode) throws IOException {
        before(Operation.Kind.CREATE, name);
        var file = real.create(name, mode);
        return new HostFile() {
            @Override
            public void write(byte[] bytes, int length) throws IOException {
                file.write(bytes, length / 2); // a crash in the middle leaves half of it
                before(Operation.Kind.WRITE, name);
                var rest = new byte[length - length / 2];
                System.arraycopy(bytes, length / 2, rest, 0, rest.length);
                file.write(rest, rest.length);
            }

            @Override
            public void grant(Rights rights) throws IOException {
                before(Operation.Kind.GRANT, name);
                file.grant(rights);
            }

            @Override
            public void sync() throws IOException {
                before(Operation.Kind.SYNC_FILE, name);
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }

    @Override
    public InputStream read(RelativePath name) throws IOException {
        return real.read(name);
    }

    @Override
    public byte[] target(RelativePath name) throws IOException {
        return real.target(name);
    }

    @Override
    public void link(RelativePath name, byte[] target) throws IOException {
        before(Operation.Kind.LINK, name);
        real.link(name, target);
    }

    @Override
    public void grant(RelativePath name, Rights rights) throws IOException {
        before(Operation.Kind.GRANT, name);
        real.grant(name, rights);
    }

    @Override
    public void move(RelativePath name, HostFolder to, RelativePath newName) throws IOException {
        before(Operation.Kind.MOVE, name);
        real.move(name, ((FaultyFolder) to).real, newName);
    }

    @Override
    public boolean exchange(RelativePath name, HostFolder with, RelativePath otherName)
            throws IOException {
        before(Operation.Kind.EXCHANGE, name);
        return real.exchange(name, ((FaultyFolder) with).real, otherName);
    }

    @Override
    public void replace(RelativePath name, RelativePath newName) throws IOException {
        before(Operation.Kind.REPLACE, name);
        real.replace(name, newName);
    }

    @Override
    public void delete(RelativePath name) throws IOException {
        before(Operation.Kind.DELETE, name);
        real.delete(name);
    }

    @Override
    public void deleteFolder(RelativePath name) throws IOException {
        before(Operation.Kind.DELETE, name);
        real.deleteFolder(name);
    }

    @Override
    public void sync() throws IOException {
        before(new Operation(Operation.Kind.SYNC_FOLDER, where));
    }

    @Override
    public void close() throws IOException {
        real.close();
    }
}
