package dev.safecoder.workspace;

import dev.safecoder.guest.Guest;
import dev.safecoder.guest.ScanRequest;
import dev.safecoder.sandbox.WorkspaceMount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A private copy of the project in the session's folder, sharing blocks where the disk can. */
final class CopiedWorkspace implements Workspace {
    private final Project project;
    private final WorkspaceMode mode;
    private final SessionTree tree;
    private final Path copy;
    private final List<String> hidden;

    private CopiedWorkspace(
            Project project, WorkspaceMode mode, SessionTree tree, Path copy, List<String> hidden) {
        this.project = project;
        this.mode = mode;
        this.tree = tree;
        this.copy = copy;
        this.hidden = hidden;
    }

    /**
     * Copies everything but what is masked; links stay links, special files are left out.
     *
     * @param mode {@code REFLINK} or {@code COPY}: what the copy will be called; the blocks are
     *     shared wherever the file system can
     */
    static CopiedWorkspace prepare(Project project, Masks masks, Path folder, WorkspaceMode mode)
            throws IOException, InterruptedException {
        var tree = SessionTree.make(folder);
        try {
            var copy = tree.folderLike("copy", project.folder());
            var hidden = new TreeCopy(project, masks).into(copy);
            return new CopiedWorkspace(project, mode, tree, copy, hidden);
        } catch (IOException cause) {
            tree.remove();
            throw WorkspaceException.cannotCopy(project.folder(), folder, cause);
        }
    }

    @Override
    public WorkspaceMode mode() {
        return mode;
    }

    @Override
    public WorkspaceMount mount() {
        return new WorkspaceMount.Folder(copy);
    }

    @Override
    public List<String> enter(Guest guest) throws IOException, InterruptedException {
        var all = new ArrayList<>(hidden);
        all.addAll(GitCredentials.hide(project, guest));
        guest.scan(ScanBudget.DEFAULT.request(ScanRequest.Extent.BASELINE), (_, _) -> {});
        return all;
    }

    @Override
    public void remove() throws IOException {
        tree.remove();
    }
}
