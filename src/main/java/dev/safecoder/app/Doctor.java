package dev.safecoder.app;

import dev.safecoder.app.SandboxSpecs.Purpose;
import dev.safecoder.configuration.Settings;
import dev.safecoder.fault.SafeCoderException;
import dev.safecoder.sandbox.Availability;
import dev.safecoder.sandbox.Backend;
import dev.safecoder.sandbox.Backend.MountSupport;
import dev.safecoder.sandbox.Limits;
import dev.safecoder.sandbox.StartListener;
import dev.safecoder.sandbox.WorkspaceMount;
import dev.safecoder.session.SessionId;
import dev.safecoder.workspace.Project;
import dev.safecoder.workspace.SessionTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Examines every backend: whether it would start, and, in a sandbox that it really starts, how far
 * each guarantee holds against a program that tries to break it.
 */
public final class Doctor {
    private final Surroundings surroundings;
    private final Settings settings;
    private final Path state;

    Doctor(Surroundings surroundings, Settings settings, Path state) {
        this.surroundings = surroundings;
        this.settings = settings;
        this.state = state;
    }

    /** One diagnosis a backend, in the order of preference; a few seconds each. */
    public List<Diagnosis> examine(List<Backend> backends, StartListener progress)
            throws IOException, InterruptedException {
        var all = new ArrayList<Diagnosis>();
        for (var backend : backends) {
            progress.progress("Examining %s ...".formatted(backend.name().title()));
            all.add(examine(backend, progress));
        }
        return all;
    }

    private Diagnosis examine(Backend backend, StartListener progress)
            throws IOException, InterruptedException {
        return switch (backend.availability()) {
            case Availability.Unusable(var reason, var remedy) ->
                    new Diagnosis(backend.name(), false, reason, Optional.of(remedy), List.of());
            case Availability.Usable(var reason) -> {
                try {
                    yield prove(backend, reason, progress);
                } catch (SafeCoderException broken) {
                    yield new Diagnosis(
                            backend.name(),
                            false,
                            broken.problem(),
                            Optional.of(broken.remedy()),
                            List.of());
                }
            }
        };
    }

    /** A limit that this machine's own size stands in for proves nothing, so these are small. */
    private static Limits tight(Limits limits) {
        return new Limits(
                Math.min(limits.cpus(), 0.5),
                limits.memoryBytes(),
                Math.min(limits.pids(), 128),
                limits.diskBytes());
    }

    private Diagnosis prove(Backend backend, String reason, StartListener progress)
            throws IOException, InterruptedException {
        var id = SessionId.random(surroundings.chance());
        var tree = SessionTree.make(state.resolve("doctor").resolve(id.text()));
        try {
            var folder = tree.folder().resolve("workspace");
            SessionTree.make(folder);
            var mount =
                    backend.mountSupport() == MountSupport.STREAMED_ONLY
                            ? new WorkspaceMount.Streamed()
                            : new WorkspaceMount.Folder(folder);
            var spec =
                    new SandboxSpecs(surroundings, state)
                            .of(
                                    new Purpose(id.text(), tree.folder().resolve("scratch")),
                                    mount,
                                    Project.at(folder),
                                    tight(settings.limitsOf(backend.name())),
                                    settings.containers().network());
            try (var sandbox = backend.start(spec, progress)) {
                var guarantees = new Probes(sandbox, spec.limits(), state).prove();
                return new Diagnosis(backend.name(), true, reason, Optional.empty(), guarantees);
            }
        } finally {
            tree.remove();
        }
    }
}
