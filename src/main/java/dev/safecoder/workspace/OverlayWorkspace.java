package dev.safecoder.workspace;

import dev.safecoder.guest.Entry;
import dev.safecoder.guest.Guest;
import dev.safecoder.sandbox.WorkspaceMount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The project as a read-only lower layer below the session's own: nothing is copied at the start.
 */
final class OverlayWorkspace implements Workspace {
    private final Project project;
    private final MaskedPaths masked;
    private final SessionTree tree;
    private final Path upper;
    private final Path work;

    private OverlayWorkspace(
            Project project, MaskedPaths masked, SessionTree tree, Path upper, Path work) {
        this.project = project;
        this.masked = masked;
        this.tree = tree;
        this.upper = upper;
        this.work = work;
    }

    /** Makes the two empty layers; the upper one gets the project's own mode and owner. */
    static OverlayWorkspace prepare(Project project, MaskedPaths masked, Path folder)
            throws IOException {
        var tree = SessionTree.make(folder);
        var upper = tree.folderLike("upper", project.folder());
        var work = tree.folderLike("work", project.folder());
        return new OverlayWorkspace(project, masked, tree, upper, work);
    }

    @Override
    public WorkspaceMode mode() {
        return WorkspaceMode.OVERLAY;
    }

    @Override
    public WorkspaceMount mount() {
        return new WorkspaceMount.Overlay(project.folder(), upper, work);
    }

    @Override
    public List<String> enter(Guest guest) throws IOException, InterruptedException {
        var hidden = new ArrayList<String>();
        for (Entry entry : masked.hide(guest)) {
            hidden.add(new String(entry.path(), StandardCharsets.UTF_8));
        }
        hidden.addAll(GitCredentials.hide(project, guest));
        return hidden;
    }

    @Override
    public void remove() throws IOException {
        tree.remove();
    }
}
