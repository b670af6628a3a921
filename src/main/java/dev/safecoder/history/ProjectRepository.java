package dev.safecoder.history;

import dev.safecoder.change.Change;
import dev.safecoder.change.ChangeSet;
import dev.safecoder.change.TreeEntry;
import dev.safecoder.path.RelativePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;

/**
 * The user's own git repository, for one purpose: a commit on a new branch. Only objects and that
 * one ref are written; work tree, index, HEAD and every other branch stay as they are, and nothing
 * that the repository names is run: no hook, filter, attribute or program.
 */
public final class ProjectRepository implements AutoCloseable {
    private static final String SYMBOLIC = "ref: ";

    private final Path project;
    private final GitFolder folder;
    private final Refs refs;
    private final ProjectObjects objects;
    private final ObjectId head;
    private final ObjectId tree;

    private ProjectRepository(Path project, GitFolder folder) throws IOException {
        this.project = project;
        this.folder = folder;
        this.refs = new Refs(folder.common());
        this.head = head();
        this.objects = new ProjectObjects(folder.common().resolve("objects"));
        this.tree = tree();
    }

    /**
     * Opens the repository whose work tree a project is.
     *
     * @throws BranchException when there is none, it has no commit, or it is of an unknown kind
     */
    public static ProjectRepository open(Path project) {
        try {
            var real = project.toRealPath();
            return new ProjectRepository(real, GitFolder.of(real));
        } catch (IOException cause) {
            throw BranchException.unusable(project, cause);
        }
    }

    private ObjectId head() throws IOException {
        var line = GitFolder.text(folder.own().resolve("HEAD")).strip();
        if (!line.startsWith(SYMBOLIC)) {
            return ObjectId.read(line);
        }
        var name = line.substring(SYMBOLIC.length());
        if (!Repository.isValidRefName(name) || !name.startsWith("refs/heads/")) {
            throw BranchException.unsupported(project, "HEAD names '%s'".formatted(name));
        }
        return refs.get(name).orElseThrow(() -> BranchException.noCommit(project));
    }

    private ObjectId tree() throws IOException {
        boolean opened = false;
        try {
            var commit = objects.bytes(head, GitObject.Type.COMMIT);
            var first = new String(commit, StandardCharsets.ISO_8859_1).lines().findFirst();
            var id = ObjectId.read(first.orElse("").replaceFirst("^tree ", ""));
            opened = true;
            return id;
        } finally {
            if (!opened) {
                objects.close();
            }
        }
    }

    /** What HEAD's commit holds. */
    public CommittedTree committed() {
        try {
            return new CommittedTree(objects, tree);
        } catch (IOException cause) {
            throw BranchException.unusable(project, cause);
        }
    }

    /**
     * Refuses a branch that cannot be made.
     *
     * @throws BranchException when there is one of its name, or one whose name is a folder of it
     */
    public void requireNew(NewBranch branch) {
        try {
            require(branch);
        } catch (IOException cause) {
            throw BranchException.unusable(project, cause);
        }
    }

    private void require(NewBranch branch) throws IOException {
        var loose = folder.common().resolve(branch.ref());
        if (Files.isDirectory(loose, LinkOption.NOFOLLOW_LINKS)
                || refs.isFolderOfPacked(branch.ref())) {
            throw BranchException.inTheWay(branch.name(), branch.name() + "/…");
        }
        if (Files.exists(loose, LinkOption.NOFOLLOW_LINKS) || refs.isPacked(branch.ref())) {
            throw BranchException.exists(branch.name());
        }
        var names = branch.name().split("/");
        var above = "refs/heads";
        for (var name : List.of(names).subList(0, names.length - 1)) {
            above += "/" + name;
            var file = folder.common().resolve(above);
            boolean isFolder = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
            if (refs.isPacked(above)
                    || !isFolder && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw BranchException.inTheWay(
                        branch.name(), above.substring("refs/heads/".length()));
            }
        }
    }

    /**
     * Commits HEAD's tree with changes to it on a new branch; HEAD's commit is the parent.
     *
     * @param changes from HEAD's tree
     * @return the commit's id
     * @throws BranchException when the branch cannot be made; what was written of the commit is in
     *     nobody's way then
     */
    public String commit(NewBranch branch, ChangeSet changes) {
        requireNew(branch);
        try {
            var edited = new TreeEdits();
            for (var change : changes.changes()) {
                add(edited, change, changes);
            }
            var root = edited.over(Optional.of(tree), objects).orElseGet(this::empty);
            var by = Signature.of(branch.userConfigs(), folder.config()).at(branch.when());
            var text =
                    "tree %s\nparent %s\nauthor %s\ncommitter %s\n\n%s\n"
                            .formatted(root.hex(), head.hex(), by, by, branch.message());
            var commit = objects.put(GitObject.Type.COMMIT, text.getBytes(StandardCharsets.UTF_8));
            objects.flush();
            if (!refs.create(branch.ref(), commit)) {
                throw BranchException.exists(branch.name());
            }
            return commit.hex();
        } catch (IOException cause) {
            throw BranchException.unusable(project, cause);
        }
    }

    private void add(TreeEdits edited, Change change, ChangeSet changes) throws IOException {
        change.from().ifPresent(edited::remove);
        if (change.after().isEmpty()) {
            edited.remove(change.path());
        } else {
            var after = change.after().get();
            edited.put(change.path(), after.type(), store(change.path(), after, changes));
        }
    }

    private ObjectId store(RelativePath path, TreeEntry entry, ChangeSet changes)
            throws IOException {
        try (var content = changes.blobs().open(entry.blob())) {
            var id = objects.put(GitObject.Type.BLOB, entry.size(), content);
            if (!id.hex().equals(entry.blob().hex())) {
                throw new IOException("'%s' is not what was accepted".formatted(path));
            }
            return id;
        }
    }

    private ObjectId empty() {
        try {
            return objects.put(GitObject.Type.TREE, new byte[0]);
        } catch (IOException cause) {
            throw BranchException.unusable(project, cause);
        }
    }

    @Override
    public void close() {
        objects.close();
    }
}
