package dev.safecoder.cli;

import dev.safecoder.app.PathFilter;
import dev.safecoder.change.Change;
import dev.safecoder.path.RelativePath;
import dev.safecoder.session.SessionRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which session a command is about, and, after {@code --}, which paths of it. */
final class SessionArgument {
    @Spec(Target.MIXEE)
    private @Nullable CommandSpec command;

    @Parameters(
            arity = "0..*",
            paramLabel = "ID",
            description = {
                "A session's id or the beginning of one (default: this project's newest).",
                "After --: only these paths and what is below them."
            })
    private List<String> words = List.of();

    @Option(
            names = {"--path", "-C"},
            paramLabel = "DIR",
            description = "The project whose newest session is meant.")
    private @Nullable Path path;

    SessionRecord find(Program program) {
        var ids = words.subList(0, words.size() - pathCount());
        if (ids.size() > 1) {
            throw new ParameterException(
                    spec().commandLine(),
                    "One session at a time: '%s' is too much (paths come after --)"
                            .formatted(ids.get(1)));
        }
        return program.session(ids.stream().findFirst(), Optional.ofNullable(path));
    }

    /** The paths after {@code --}; none means all. */
    List<RelativePath> paths() {
        return words.subList(words.size() - pathCount(), words.size()).stream()
                .map(this::relative)
                .toList();
    }

    /** The paths after {@code --}; one at which the session changed nothing is a mistake. */
    PathFilter filter(Collection<Change> changes) {
        return requireChanged(paths(), changes);
    }

    /** Refuses paths at which the session changed nothing. */
    PathFilter requireChanged(Collection<RelativePath> paths, Collection<Change> changes) {
        var filter = new PathFilter(List.copyOf(paths));
        filter.unmatched(changes)
                .ifPresent(
                        path -> {
                            throw new ParameterException(
                                    spec().commandLine(),
                                    "This session changed nothing at '%s' (see `safe-coder diff --stat`)"
                                            .formatted(PathText.shown(path.bytes())));
                        });
        return filter;
    }

    /** A path in the project, as the user wrote it. */
    RelativePath relative(String written) {
        var plain = written.replaceFirst("^(\\./+)+", "").replaceFirst("/+$", "");
        return switch (RelativePath.parse(plain.getBytes(StandardCharsets.UTF_8))) {
            case RelativePath.Parsed.Valid(var valid) -> valid;
            case RelativePath.Parsed.Invalid(var reason) ->
                    throw new ParameterException(
                            spec().commandLine(),
                            "'%s' is no path in the project: %s".formatted(written, reason));
        };
    }

    /** Refuses the number of a checkpoint that there is not. */
    void requireStep(int step, int last) {
        if (step < 1 || step > last) {
            throw new ParameterException(
                    spec().commandLine(),
                    "There is no step %d: this session has steps 1 to %d".formatted(step, last));
        }
    }

    /** How many of the words stand after {@code --}; picocli itself makes no difference. */
    private int pathCount() {
        var all = spec().commandLine().getParseResult().originalArgs();
        int end = all.indexOf("--");
        return end < 0 ? 0 : all.size() - end - 1;
    }

    private CommandSpec spec() {
        if (command == null) {
            throw new IllegalStateException("picocli has not set up this mixin");
        }
        return command;
    }
}
