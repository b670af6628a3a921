package dev.safecoder.history;

import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;

/**
 * Reads what a user's {@code git gc} has packed, deltas and all, by JGit. The class is only touched
 * when something is not to be had otherwise: JGit's jar is signed, so its first class costs the
 * check of the whole signature, and all its classes stay out of a class data archive.
 */
final class PackedObjects implements AutoCloseable {
    private final FileRepository git;

    PackedObjects(Path repository) throws IOException {
        IsolatedGitSystem.install();
        var builder =
                new FileRepositoryBuilder()
                        .setBare()
                        .setGitDir(repository.toFile())
                        .setFS(FS.DETECTED)
                        .setup();
        git = new FileRepository(builder);
    }

    GitObject open(ObjectId id) throws IOException {
        var loader = git.open(org.eclipse.jgit.lib.ObjectId.fromString(id.hex()));
        return new GitObject(
                GitObject.Type.of(loader.getType()), loader.getSize(), loader.openStream());
    }

    @Override
    public void close() {
        git.close();
    }
}
