package dev.safecoder.workspace;

import dev.safecoder.fault.SafeCoderException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The project cannot be brought into a sandbox, or what changed cannot be taken out of it. */
public final class WorkspaceException extends SafeCoderException {
    private final Subject subject;

    private enum Subject {
        PROJECT,
        SANDBOX
    }

    private WorkspaceException(String problem, String remedy, @Nullable Throwable cause) {
        this(Subject.SANDBOX, problem, remedy, cause);
    }

    private WorkspaceException(
            Subject subject, String problem, String remedy, @Nullable Throwable cause) {
        super(problem, remedy, cause);
        this.subject = subject;
    }

    /** Whether the user named something that cannot be used, rather than that the work failed. */
    public boolean isAboutTheProject() {
        return subject == Subject.PROJECT;
    }

    /** The project's folder cannot be used. */
    public static WorkspaceException noProject(Path folder, String why) {
        return new WorkspaceException(
                Subject.PROJECT,
                "The project '%s' cannot be used: %s".formatted(folder, why),
                "name an existing folder with --path",
                null);
    }

    /** The disk cannot share blocks between the project and the session's folder. */
    public static WorkspaceException noReflinks(Path project, Path folder) {
        return new WorkspaceException(
                Subject.PROJECT,
                "The workspace mode 'reflink' cannot be had: '%s' and '%s' are not on one file system that shares blocks (btrfs, xfs)"
                        .formatted(project, folder),
                "use --workspace auto, overlay or copy",
                null);
    }

    /** Copying the project did not come to its end. */
    public static WorkspaceException cannotCopy(Path from, Path to, Exception cause) {
        return new WorkspaceException(
                "The project '%s' could not be copied to '%s': %s"
                        .formatted(from, to, cause.getMessage()),
                "free some space, or choose another folder for the state with SAFE_CODER_STATE",
                cause);
    }

    /** A file of the project could not be taken into the sandbox. */
    public static WorkspaceException cannotStream(String path, String why) {
        return new WorkspaceException(
                "'%s' could not be written into the sandbox: %s".formatted(path, why),
                "raise --disk or --memory, or choose --workspace copy",
                null);
    }

    /** A session's state does not fit on the project as it is now. */
    public static WorkspaceException cannotRestore(String path, String why) {
        return new WorkspaceException(
                "The session's '%s' cannot be put back into a sandbox: %s".formatted(path, why),
                "apply or undo what you need, and begin a new session",
                null);
    }

    /** More changed than a checkpoint may hold. */
    public static WorkspaceException overBudget(String what) {
        return new WorkspaceException(
                "The sandbox changed more than a checkpoint may hold: %s".formatted(what),
                "keep build output out of the workspace, for example in /tmp",
                null);
    }

    /** More came out of a sandbox than the history of one session takes. */
    public static WorkspaceException overSessionBudget(long bytes) {
        return new WorkspaceException(
                "The session's files came to more than %d bytes over all its checkpoints"
                        .formatted(bytes),
                "keep build output out of the workspace, for example in /tmp, and go on in a new"
                        + " session",
                null);
    }

    /** The scan itself was refused. */
    public static WorkspaceException cannotScan(int errno, String step) {
        return new WorkspaceException(
                "The changes could not be read: %s gave errno %d".formatted(step, errno),
                "review the last checkpoint with `safe-coder log`",
                null);
    }
}
