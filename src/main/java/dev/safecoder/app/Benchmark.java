package dev.safecoder.app;

import dev.safecoder.sandbox.BackendName;
import dev.safecoder.workspace.WorkspaceMode;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the bench found of one backend. */
public sealed interface Benchmark {
    BackendName backend();

    /** It does not start here: why, and what to do about it. */
    record Unusable(BackendName backend, String reason, String remedy) implements Benchmark {}

    /**
     * What it takes.
     *
     * @param start from the request to the end of the first command, by the number of files in the
     *     project
     * @param exec one command in a sandbox that runs
     * @param checkpoint from the end of a tool call that changed one file to its commit, by the
     *     number of files in the project
     * @param apply of the files that those tool calls changed, once a project
     * @param hostBytes resident memory of this process; empty where the system does not say
     * @param sandboxBytes resident memory of what runs inside when no command does
     */
    record Measured(
            BackendName backend,
            WorkspaceMode workspace,
            SortedMap<Integer, Sample> start,
            Sample exec,
            SortedMap<Integer, Sample> checkpoint,
            Sample apply,
            OptionalLong hostBytes,
            OptionalLong sandboxBytes,
            Optional<Yardstick> ownStart,
            Optional<Yardstick> ownExec)
            implements Benchmark {
        public Measured {
            start = Collections.unmodifiableSortedMap(new TreeMap<>(start));
            checkpoint = Collections.unmodifiableSortedMap(new TreeMap<>(checkpoint));
        }

        /** The starts over the smallest project, which are held against the wall's own. */
        public Sample smallestStart() {
            return start.firstEntry().getValue();
        }
    }

    /** The same with the wall's own program, in the same run. */
    record Yardstick(String command, Sample sample) {}
}
