package dev.safecoder.cli;

import dev.safecoder.apply.ApplyException;
import dev.safecoder.configuration.ConfigurationException;
import dev.safecoder.fault.SafeCoderException;
import dev.safecoder.guest.GuestException;
import dev.safecoder.history.BranchException;
import dev.safecoder.model.ModelException;
import dev.safecoder.model.remote.CatalogException;
import dev.safecoder.sandbox.SandboxException;
import dev.safecoder.session.Outcome;
import dev.safecoder.session.SessionException;
import dev.safecoder.workspace.WorkspaceException;

/** The exit codes of the command line's contract; the same in every output mode. */
final class ExitCode {
    static final int DONE = 0;
    static final int UNEXPECTED = 1;
    static final int USAGE = 2;
    static final int MODEL = 3;
    static final int LIMIT = 4;
    static final int NOT_APPLIED = 5;
    static final int SANDBOX = 6;

    /** What {@code exec} uses for everything that is not the inner command's own code. */
    static final int EXEC_ITSELF = 125;

    static final int INTERRUPTED = 130;

    private ExitCode() {}

    /** The code for a failure of the environment. */
    static int of(SafeCoderException failure) {
        return switch (failure) {
            case ConfigurationException _, CatalogException _, SessionException _ -> USAGE;
            case BranchException _ -> NOT_APPLIED;
            case ApplyException apply -> apply.leftUntouched() ? NOT_APPLIED : UNEXPECTED;
            case ModelException _ -> MODEL;
            case SandboxException _, GuestException _ -> SANDBOX;
            case WorkspaceException workspace -> workspace.isAboutTheProject() ? USAGE : SANDBOX;
            default -> UNEXPECTED;
        };
    }

    /** The code for a session that ended by itself. */
    static int of(Outcome outcome) {
        return switch (outcome) {
            case COMPLETED -> DONE;
            case LIMIT -> LIMIT;
            case INTERRUPTED -> INTERRUPTED;
            case RUNNING, FAILED -> UNEXPECTED;
        };
    }
}
