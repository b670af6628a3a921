package dev.safecoder.workspace;

import dev.safecoder.sandbox.Backend.MountSupport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** Makes the workspace of a session in the mode that was chosen. */
public final class Workspaces {
    private Workspaces() {}

    /**
     * The modes to try for {@code auto}, best first, on an engine that sees this much. Which of the
     * copying modes it is costs a look at the file system, so it is asked for when its turn comes.
     */
    public static List<Supplier<WorkspaceMode>> candidates(
            MountSupport support, Project project, Path folder) {
        return switch (support) {
            case OVERLAY_AND_FOLDER ->
                    List.of(() -> WorkspaceMode.OVERLAY, () -> copying(project, folder));
            case FOLDER -> List.of(() -> copying(project, folder));
            case STREAMED_ONLY -> List.of(() -> WorkspaceMode.STREAM);
        };
    }

    private static WorkspaceMode copying(Project project, Path folder) {
        return Reflinks.workBetween(project.folder(), folder)
                ? WorkspaceMode.REFLINK
                : WorkspaceMode.COPY;
    }

    /**
     * Prepares a workspace in {@code folder}, which is made.
     *
     * @throws WorkspaceException when this mode cannot be had here
     */
    public static Workspace prepare(WorkspaceMode mode, Project project, Masks masks, Path folder)
            throws IOException, InterruptedException {
        return switch (mode) {
            case OVERLAY -> OverlayWorkspace.prepare(project, masks, folder);
            case REFLINK -> {
                if (!Reflinks.workBetween(project.folder(), folder)) {
                    throw WorkspaceException.noReflinks(project.folder(), folder);
                }
                yield CopiedWorkspace.prepare(project, masks, folder, mode);
            }
            case COPY -> CopiedWorkspace.prepare(project, masks, folder, mode);
            case STREAM -> new StreamedWorkspace(project, masks);
        };
    }
}
