package dev.safecoder.cli;

import dev.safecoder.apply.Resolution;
import dev.safecoder.path.RelativePath;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What the user wants for files that are in conflict, each by its path. */
final class ConflictOptions {
    @Spec(Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--theirs",
            paramLabel = "PATH",
            description = "If PATH is in conflict, the session's file replaces the project's.")
    private List<String> theirs = List.of();

    @Option(
            names = "--ours",
            paramLabel = "PATH",
            description = "If PATH is in conflict, the project's file stays as it is.")
    private List<String> ours = List.of();

    @Option(
            names = "--markers",
            paramLabel = "PATH",
            description = "If PATH is in conflict, write both sides between conflict markers.")
    private List<String> markers = List.of();

    /** By path; a path with two resolutions is a mistake. */
    Map<RelativePath, Resolution> resolutions(SessionArgument session) {
        var resolutions = new TreeMap<RelativePath, Resolution>();
        put(resolutions, session, theirs, Resolution.TAKE_SESSION);
        put(resolutions, session, ours, Resolution.KEEP_HOST);
        put(resolutions, session, markers, Resolution.MARK_CONFLICTS);
        return resolutions;
    }

    private void put(
            Map<RelativePath, Resolution> resolutions,
            SessionArgument session,
            List<String> paths,
            Resolution resolution) {
        for (var written : paths) {
            var before = resolutions.put(session.relative(written), resolution);
            if (before != null && before != resolution) {
                throw new ParameterException(
                        spec().commandLine(),
                        "'%s' cannot be resolved in two ways".formatted(written));
            }
        }
    }

    private CommandSpec spec() {
        if (command == null) {
            throw new IllegalStateException("picocli has not set up this mixin");
        }
        return command;
    }
}
