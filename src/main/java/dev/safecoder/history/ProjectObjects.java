package dev.safecoder.history;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.util.FS;

/** The objects of the user's repository by JGit, which is given no configuration but ours. */
final class ProjectObjects implements GitObject.Sink, AutoCloseable {
    private final ObjectDirectory objects;
    private final ObjectReader reader;
    private final ObjectInserter inserter;

    ProjectObjects(Path folder) throws IOException {
        IsolatedGitSystem.install();
        var config = new Config();
        config.setBoolean("core", null, "fsyncobjectfiles", true);
        objects = new ObjectDirectory(config, folder.toFile(), null, FS.DETECTED, null);
        reader = objects.newReader();
        inserter = objects.newInserter();
    }

    GitObject open(ObjectId id) throws IOException {
        var loader = reader.open(jgit(id));
        return new GitObject(
                GitObject.Type.of(loader.getType()), loader.getSize(), loader.openStream());
    }

    /** The content of an object that must be of a type. */
    byte[] bytes(ObjectId id, GitObject.Type type) throws IOException {
        try (var object = open(id)) {
            if (object.type() != type) {
                throw new IOException(
                        "'%s' is a %s, no %s"
                                .formatted(id.hex(), object.type().word(), type.word()));
            }
            return object.bytes();
        }
    }

    long size(ObjectId id) throws IOException {
        return reader.getObjectSize(jgit(id), ObjectReader.OBJ_ANY);
    }

    @Override
    public ObjectId put(GitObject.Type type, byte[] content) throws IOException {
        return put(type, content.length, new ByteArrayInputStream(content));
    }

    /** Writes an object to the disk unless it is there. */
    ObjectId put(GitObject.Type type, long size, InputStream content) throws IOException {
        return new ObjectId(inserter.insert(type.number(), size, content).name());
    }

    /** Returns when all that was put is on the disk. */
    void flush() throws IOException {
        inserter.flush();
    }

    private static org.eclipse.jgit.lib.ObjectId jgit(ObjectId id) {
        return org.eclipse.jgit.lib.ObjectId.fromString(id.hex());
    }

    @Override
    public void close() {
        inserter.close();
        reader.close();
        objects.close();
    }
}
