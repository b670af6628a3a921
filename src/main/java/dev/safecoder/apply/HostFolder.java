package dev.safecoder.apply;

import dev.safecoder.path.RelativePath;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An open folder of the host. Every name is one name in it, no operation ever follows a link, and
 * every operation is one step that a crash comes before or after. Failures are those of {@code
 * java.nio.file}: {@link java.nio.file.FileAlreadyExistsException}, {@link
 * java.nio.file.NoSuchFileException}, {@link java.nio.file.NotDirectoryException}, and so on.
 */
interface HostFolder extends Closeable {
    /** What is at the name; empty when nothing is. */
    Optional<HostEntry> look(RelativePath name) throws IOException;

    /** This folder itself. */
    HostEntry look() throws IOException;

    /** The names in it, in no order. */
    List<RelativePath> names() throws IOException;

    /** Whether this process may make and remove entries in it. */
    boolean isWritable() throws IOException;

    /**
     * A folder in it.
     *
     * @throws java.nio.file.NotDirectoryException when something else is there, a link included
     */
    HostFolder open(RelativePath name) throws IOException;

    /** Makes a folder; the mode is cut by the process's umask. */
    void make(RelativePath name, int mode) throws IOException;

    /** Makes a file that was not there; the mode is cut by the process's umask. */
    HostFile create(RelativePath name, int mode) throws IOException;

    /** The content of a regular file; never waits, whatever the name holds. */
    InputStream read(RelativePath name) throws IOException;

    /** The target of a link. */
    byte[] target(RelativePath name) throws IOException;

    /** Makes a link. */
    void link(RelativePath name, byte[] target) throws IOException;

    /** Gives a folder in it these rights. */
    void grant(RelativePath name, Rights rights) throws IOException;

    /** Moves an entry without ever replacing one. */
    void move(RelativePath name, HostFolder to, RelativePath newName) throws IOException;

    /**
     * Puts each of two entries in the other's place in one step.
     *
     * @return false, with nothing done, where the file system cannot
     */
    boolean exchange(RelativePath name, HostFolder with, RelativePath otherName) throws IOException;

    /** Renames within this folder, replacing in one step what the new name held. */
    void replace(RelativePath name, RelativePath newName) throws IOException;

    void delete(RelativePath name) throws IOException;

    /** Deletes an empty folder. */
    void deleteFolder(RelativePath name) throws IOException;

    /** Returns when what was done to its names will survive a loss of power. */
    void sync() throws IOException;

    @Override
    void close() throws IOException;

    /** Opens folders of the host by their full path: the one seam that tests stand in for. */
    @FunctionalInterface
    interface Opener {
        HostFolder open(Path folder) throws IOException;
    }

    /** The best way on this system: system calls on Linux, checked Java elsewhere. */
    static HostFolder openBest(Path folder) throws IOException {
        return LinuxCalls.areHere() ? LinuxFolder.open(folder) : PortableFolder.open(folder);
    }
}
