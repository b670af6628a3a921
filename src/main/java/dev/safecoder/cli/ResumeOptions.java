package dev.safecoder.cli;

import dev.safecoder.session.SessionRecord;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Whether a session begins or one that has ended goes on. */
final class ResumeOptions {
    @ArgGroup private Which which = new Which();

    /** One of them at most. */
    static final class Which {
        @Option(
                names = "--resume",
                paramLabel = "ID",
                description = "Go on with this session, in a new sandbox over its project.")
        private @Nullable String id;

        @Option(
                names = "--continue",
                description = "Go on with the newest session of this project.")
        private boolean newest;
    }

    /** The session that is to go on; empty when a new one is to begin. */
    Optional<SessionRecord> find(Program program, CommonOptions options) {
        if (which.newest) {
            return Optional.of(program.session(Optional.empty(), options.path()));
        }
        return Optional.ofNullable(which.id)
                .map(id -> program.session(Optional.of(id), options.path()));
    }
}
