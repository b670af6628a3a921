package dev.safecoder.app;

import dev.safecoder.configuration.Settings;
import dev.safecoder.fault.SafeCoderException;
import dev.safecoder.sandbox.Availability;
import dev.safecoder.sandbox.Backend;
import dev.safecoder.sandbox.StartListener;
import dev.safecoder.workspace.SessionTree;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/**
 * Measures what sessions cost on this machine, through the same path that every session takes, with
 * the wall's own programs beside it. All that it makes lies in one folder of the system's temporary
 * one, which is removed at the end; the user's sessions are not touched.
 */
public final class Bench {
    private final Surroundings surroundings;
    private final Settings settings;

    Bench(Surroundings surroundings, Settings settings) {
        this.surroundings = surroundings;
        this.settings = settings;
    }

    /**
     * One benchmark a backend, in the order given; about a minute each.
     *
     * @param sizes of the projects, in files
     */
    public List<Benchmark> measure(
            List<Backend> backends, SortedSet<Integer> sizes, StartListener progress)
            throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("safe-coder-bench-").toRealPath();
        try {
            var trees = new BenchTrees(folder.resolve("projects"));
            for (int files : sizes) {
                progress.progress("Making a project of %,d files ...".formatted(files));
                trees.make(files);
            }
            var all = new ArrayList<Benchmark>();
            for (var backend : backends) {
                var course =
                        new BenchCourse(
                                surroundings.keepingStateIn(folder.resolve("state")),
                                settings.on(backend.name()),
                                trees,
                                progress);
                all.add(measure(backend, course, sizes));
            }
            return all;
        } finally {
            SessionTree.at(folder).remove();
        }
    }

    private static Benchmark measure(Backend backend, BenchCourse course, SortedSet<Integer> sizes)
            throws IOException, InterruptedException {
        if (backend.availability() instanceof Availability.Unusable(var reason, var remedy)) {
            return new Benchmark.Unusable(backend.name(), reason, remedy);
        }
        try {
            return course.run(backend.name(), sizes);
        } catch (SafeCoderException broken) {
            return new Benchmark.Unusable(backend.name(), broken.problem(), broken.remedy());
        }
    }
}
