package dev.safecoder.history;

import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
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
        return new GitObject(type(loader.getType()), loader.getSize(), loader.openStream());
    }

    private static GitObject.Type type(int number) throws IOException {
        return switch (number) {
            case Constants.OBJ_COMMIT -> GitObject.Type.COMMIT;
            case Constants.OBJ_TREE -> GitObject.Type.TREE;
            case Constants.OBJ_BLOB -> GitObject.Type.BLOB;
            default -> throw new IOException("an object has the type %d".formatted(number));
        };
    }

    @Override
    public void close() {
        git.close();
    }
}
