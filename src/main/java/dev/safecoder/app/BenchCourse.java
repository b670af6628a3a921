package dev.safecoder.app;

import dev.safecoder.app.Benchmark.Measured;
import dev.safecoder.app.Benchmark.Yardstick;
import dev.safecoder.app.Delivery.Selection;
import dev.safecoder.app.SessionStart.Started;
import dev.safecoder.configuration.Settings;
import dev.safecoder.guest.Command;
import dev.safecoder.guest.CommandOutput;
import dev.safecoder.guest.Guest;
import dev.safecoder.model.Model;
import dev.safecoder.model.script.ScriptedModel;
import dev.safecoder.sandbox.BackendName;
import dev.safecoder.sandbox.StartListener;
import dev.safecoder.session.Session;
import dev.safecoder.session.SessionListener;
import dev.safecoder.tool.CommandRules;
import dev.safecoder.workspace.SessionTree;
import dev.safecoder.workspace.WorkspaceMode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The measurements of one backend, one after the other. */
final class BenchCourse {
    private static final int STARTS = 5;
    private static final int ROUND_TRIPS = 200;
    private static final int CHECKPOINTS = 5;

    private final Application application;
    private final EngineCommands engine;
    private final Settings settings;
    private final BenchTrees trees;
    private final StartListener progress;

    BenchCourse(
            Surroundings surroundings,
            Settings settings,
            BenchTrees trees,
            StartListener progress) {
        this.application = new Application(surroundings);
        this.engine = new EngineCommands(surroundings.places());
        this.settings = settings;
        this.trees = trees;
        this.progress = progress;
    }

    /** What is asked of a session that runs. */
    private interface Question<T> {
        T ask(Started started) throws IOException, InterruptedException;
    }

    /** What one sandbox answers. */
    private record Running(
            WorkspaceMode workspace,
            Sample exec,
            OptionalLong hostBytes,
            OptionalLong sandboxBytes,
            Optional<Yardstick> ownExec) {}

    /** What a scripted agent leaves. */
    private record Edited(Sample checkpoint, Duration apply) {}

    Measured run(BackendName backend, SortedSet<Integer> sizes)
            throws IOException, InterruptedException {
        var starts = starts(backend, sizes);
        say(backend, "the wall's own program");
        var ownStart = engine.start(backend, settings.containers().image());
        say(backend, "%d commands".formatted(ROUND_TRIPS));
        var running = in(sizes.first(), SessionListener.none(), this::running);
        var edits = new TreeMap<Integer, Edited>();
        for (int files : sizes) {
            say(backend, "checkpoints in %,d files".formatted(files));
            edits.put(files, edited(backend, files));
        }
        var checkpoints = new TreeMap<Integer, Sample>();
        edits.forEach((files, edited) -> checkpoints.put(files, edited.checkpoint()));
        return new Measured(
                backend,
                running.workspace(),
                starts,
                running.exec(),
                checkpoints,
                new Sample(edits.values().stream().map(Edited::apply).toList()),
                running.hostBytes(),
                running.sandboxBytes(),
                ownStart,
                running.ownExec());
    }

    private void say(BackendName backend, String what) {
        progress.progress("%s: %s ...".formatted(backend.title(), what));
    }

    /** The sizes in turn, so that what else the machine does falls on all of them alike. */
    private SortedMap<Integer, Sample> starts(BackendName backend, SortedSet<Integer> sizes)
            throws IOException, InterruptedException {
        say(backend, "%d starts over each project".formatted(STARTS));
        var times = new TreeMap<Integer, List<Duration>>();
        for (int run = 0; run < STARTS; run++) {
            for (int files : sizes) {
                times.computeIfAbsent(files, _ -> new ArrayList<>()).add(start(files));
            }
        }
        var samples = new TreeMap<Integer, Sample>();
        times.forEach((files, runs) -> samples.put(files, new Sample(runs)));
        return samples;
    }

    private Duration start(int files) throws IOException, InterruptedException {
        long began = System.nanoTime();
        return in(
                files,
                SessionListener.none(),
                started -> {
                    nothing(started.session().sandbox().guest());
                    return Duration.ofNanos(System.nanoTime() - began);
                });
    }

    private Running running(Started started) throws InterruptedException {
        var sandbox = started.session().sandbox();
        var times = new ArrayList<Duration>();
        for (int trip = 0; trip < ROUND_TRIPS; trip++) {
            long began = System.nanoTime();
            nothing(sandbox.guest());
            times.add(Duration.ofNanos(System.nanoTime() - began));
        }
        return new Running(
                started.session().record().workspace(),
                new Sample(times),
                ResidentMemory.ofThisProcess(),
                ResidentMemory.of(sandbox.guest()),
                engine.exec(sandbox));
    }

    private Edited edited(BackendName backend, int files) throws IOException, InterruptedException {
        var timer = new CheckpointTimer();
        return in(
                files,
                timer,
                started -> {
                    try (var agent = application.agent(started, editor(backend, files), settings)) {
                        agent.prompt("Change some files.");
                    }
                    return new Edited(timer.sample(), apply(started.session()));
                });
    }

    /** A model that changes one file a turn. */
    private static Model editor(BackendName backend, int files) {
        var turns =
                IntStream.range(0, Math.min(CHECKPOINTS, files))
                        .mapToObj(BenchTrees::file)
                        .map(file -> change(file, backend))
                        .collect(Collectors.joining(","));
        return ScriptedModel.parse("bench", "{\"turns\":[%s]}".formatted(turns));
    }

    private static String change(String file, BackendName backend) {
        return """
        {"tool_calls":[{"name":"write_file","input":{"path":"%s","content":"changed in %s\\n"}}]}
        """
                .formatted(file, backend);
    }

    private Duration apply(Session session) throws IOException {
        try (var delivery = application.delivery(session.record())) {
            long began = System.nanoTime();
            delivery.apply(Selection.ALL);
            return Duration.ofNanos(System.nanoTime() - began);
        }
    }

    /** Asks a new session over the project of that many files, and leaves nothing of it. */
    private <T> T in(int files, SessionListener listener, Question<T> question)
            throws IOException, InterruptedException {
        var request =
                new SessionStart.Request(
                        trees.of(files),
                        settings,
                        "bench",
                        Session.Ending.REMOVE_WORKSPACE,
                        listener,
                        _ -> {});
        var started = application.starter(settings).start(request);
        try (started) {
            return question.ask(started);
        } finally {
            SessionTree.at(started.folder().folder()).remove();
        }
    }

    private static void nothing(Guest guest) throws InterruptedException {
        guest.run(
                Command.of(List.of("true"), CommandRules.plainEnvironment(), "/workspace"),
                new CommandOutput() {
                    @Override
                    public void out(byte[] bytes) {}

                    @Override
                    public void err(byte[] bytes) {}
                });
    }
}
