package dev.safecoder.history;

import dev.safecoder.fault.SafeCoderException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A commit on a new branch of the project cannot be made; its repository is as it was. */
public final class BranchException extends SafeCoderException {
    private BranchException(String problem, String remedy, @Nullable IOException cause) {
        super(problem, remedy, cause);
    }

    static BranchException noRepository(Path project) {
        return new BranchException(
                "'%s' is not the root of a git repository".formatted(project),
                "run `git init` there and commit, or apply without --as-branch",
                null);
    }

    static BranchException unsupported(Path project, String reason) {
        return new BranchException(
                "the git repository of '%s' is of a kind that is not written to: %s"
                        .formatted(project, reason),
                "apply without --as-branch and commit by yourself",
                null);
    }

    static BranchException noCommit(Path project) {
        return new BranchException(
                "the git repository of '%s' has no commit yet".formatted(project),
                "make a first commit, or apply without --as-branch",
                null);
    }

    static BranchException exists(String branch) {
        return new BranchException(
                "the branch '%s' exists already".formatted(branch),
                "choose another name, or delete it with `git branch -D -- %s`".formatted(branch),
                null);
    }

    static BranchException inTheWay(String branch, String other) {
        return new BranchException(
                "the branch '%s' cannot be made beside the branch '%s'".formatted(branch, other),
                "choose another name: git takes one for a folder of the other",
                null);
    }

    static BranchException unusable(Path project, IOException cause) {
        return new BranchException(
                "the git repository of '%s' cannot be used: %s"
                        .formatted(project, cause.getMessage()),
                "see what `git fsck` says there, and that its folder can be written",
                cause);
    }
}
