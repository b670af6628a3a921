package dev.safecoder.cli;

import dev.safecoder.history.NewBranch;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The branch that a commit is wanted on instead of a write to the project's files. */
final class BranchOption {
    @Spec(Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--as-branch",
            paramLabel = "NAME",
            description = {
                "Commit them on a new branch of the project's git repository instead, on top of"
                        + " HEAD; files, index and HEAD stay as they are."
            })
    private @Nullable String written;

    /** The branch's name, which git would take; empty when none is wanted. */
    Optional<String> name() {
        if (written != null && !NewBranch.isName(written)) {
            throw new ParameterException(
                    spec().commandLine(), "'%s' is no name of a git branch".formatted(written));
        }
        return Optional.ofNullable(written);
    }

    private CommandSpec spec() {
        if (command == null) {
            throw new IllegalStateException("picocli has not set up this mixin");
        }
        return command;
    }
}
