package dev.safecoder.apply;

import dev.safecoder.path.FoldedName;
import dev.safecoder.path.RelativePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A real folder that treats names as macOS and Windows do: as written, found in any case. */
final class CaseBlindFolder implements HostFolder {
    private final HostFolder real;

    private CaseBlindFolder(HostFolder real) {
        this.real = real;
    }

    static HostFolder open(Path folder) throws IOException {
        return new CaseBlindFolder(HostFolder.openBest(folder));
    }

    private RelativePath found(RelativePath name) throws IOException {
        var folded = FoldedName.of(name);
        return real.names().stream()
                .filter(there -> FoldedName.of(there).equals(folded))
                .findFirst()
                .orElse(name);
    }

    private RelativePath free(RelativePath name) throws IOException {
        if (real.look(found(name)).isPresent()) {
            throw new FileAlreadyExistsException(name.toString());
        }
        return name;
    }

    @Override
    public Optional<HostEntry> look(RelativePath name) throws IOException {
        return real.look(found(name));
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
        return new CaseBlindFolder(real.open(found(name)));
    }

    @Override
    public void make(RelativePath name, int mode) throws IOException {
        real.make(free(name), mode);
    }

    @Override
    public HostFile create(RelativePath name, int mode) throws IOException {
        return real.create(free(name), mode);
    }

    @Override
    public InputStream read(RelativePath name) throws IOException {
        return real.read(found(name));
    }

    @Override
    public byte[] target(RelativePath name) throws IOException {
        return real.target(found(name));
    }

    @Override
    public void link(RelativePath name, byte[] target) throws IOException {
        real.link(free(name), target);
    }

    @Override
    public void grant(RelativePath name, Rights rights) throws IOException {
        real.grant(found(name), rights);
    }

    @Override
    public void move(RelativePath name, HostFolder to, RelativePath newName) throws IOException {
        var other = (CaseBlindFolder) to;
        real.move(found(name), other.real, other.free(newName));
    }

    @Override
    public boolean exchange(RelativePath name, HostFolder with, RelativePath otherName)
            throws IOException {
        var other = (CaseBlindFolder) with;
        return real.exchange(found(name), other.real, other.found(otherName));
    }

    @Override
    public void replace(RelativePath name, RelativePath newName) throws IOException {
        real.replace(found(name), found(newName));
    }

    @Override
    public void delete(RelativePath name) throws IOException {
        real.delete(found(name));
    }

    @Override
    public void deleteFolder(RelativePath name) throws IOException {
        real.deleteFolder(found(name));
    }

    @Override
    public void sync() throws IOException {
        real.sync();
    }

    @Override
    public void close() throws IOException {
        real.close();
    }
}
