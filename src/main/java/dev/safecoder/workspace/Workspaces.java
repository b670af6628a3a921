package dev.safecoder.workspace;

import dev.safecoder.guest.GuestPrograms;
import dev.safecoder.sandbox.Backend.MountSupport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * Makes the workspace of one session in the mode that was chosen. What of the project is masked is
 * looked for from the beginning, beside all else that a start does.
 */
public final class Workspaces implements AutoCloseable {
    private final Project project;
    private final Masks masks;
    private final MaskedPaths masked;

    private Workspaces(Project project, Masks masks, MaskedPaths masked) {
        this.project = project;
        this.masks = masks;
        this.masked = masked;
    }

    /**
     * Begins.
     *
     * @param guestFolder where the guest's programs are installed
     */
    public static Workspaces of(Project project, Masks masks, Path guestFolder) {
        var guest = GuestPrograms.guestHere(guestFolder);
        return new Workspaces(project, masks, MaskedPaths.search(project, masks, guest));
    }

    /**
     * The modes to try for {@code auto}, best first, on an engine that sees this much. Which of the
     * copying modes it is costs a look at the file system, so it is asked for when its turn comes.
     */
    public List<Supplier<WorkspaceMode>> candidates(MountSupport support, Path folder) {
        return switch (support) {
            case OVERLAY_AND_FOLDER -> List.of(() -> WorkspaceMode.OVERLAY, () -> copying(folder));
            case FOLDER -> List.of(() -> copying(folder));
            case STREAMED_ONLY -> List.of(() -> WorkspaceMode.STREAM);
        };
    }

    private WorkspaceMode copying(Path folder) {
        return Reflinks.workBetween(project.folder(), folder)
                ? WorkspaceMode.REFLINK
                : WorkspaceMode.COPY;
    }

    /**
     * Prepares a workspace in {@code folder}, which is made.
     *
     * @throws WorkspaceException when this mode cannot be had here
     */
    public Workspace prepare(WorkspaceMode mode, Path folder)
            throws IOException, InterruptedException {
        return switch (mode) {
            case OVERLAY -> OverlayWorkspace.prepare(project, masked, folder);
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

    /** Looks for nothing any more. A workspace that was entered has what it needs. */
    @Override
    public void close() {
        masked.stop();
    }
}
