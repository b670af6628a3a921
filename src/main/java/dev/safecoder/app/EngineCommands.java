package dev.safecoder.app;

import dev.safecoder.app.Benchmark.Yardstick;
import dev.safecoder.configuration.ConfigurationPlaces;
import dev.safecoder.process.HostCommand;
import dev.safecoder.process.ProgramEnd;
import dev.safecoder.process.ProgramPath;
import dev.safecoder.process.Subprocess;
import dev.safecoder.sandbox.BackendName;
import dev.safecoder.sandbox.Sandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Takes the time of the wall's own program doing what the bench does through the guest. */
final class EngineCommands {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int MOST_OUTPUT = 4_096;
    private static final int RUNS = 5;
    private static final List<String> BUBBLEWRAP =
            List.of("bwrap", "--unshare-all", "--ro-bind", "/", "/", "true");

    private final ConfigurationPlaces places;
    private final ProgramPath programs;

    EngineCommands(ConfigurationPlaces places) {
        this.places = places;
        this.programs =
                ProgramPath.of(
                        places.environment().getOrDefault("PATH", ""),
                        List.of(places.workingFolder()));
    }

    /** From nothing to the end of a first command; empty when that does not work. */
    Optional<Yardstick> start(BackendName backend, String image) throws InterruptedException {
        return switch (backend) {
            case DOCKER, PODMAN -> time(containerRun(backend, image));
            case BUBBLEWRAP -> time(BUBBLEWRAP);
            case FIRECRACKER, QEMU -> Optional.empty();
        };
    }

    private static List<String> containerRun(BackendName engine, String image) {
        var words = new ArrayList<>(List.of(engine.toString(), "run", "--rm", "--network=none"));
        if (engine == BackendName.PODMAN) { // it asks for more than it may have in a container
            words.addAll(List.of("--ulimit=nofile=1024:1024", "--ulimit=nproc=1024:1024"));
        }
        words.addAll(List.of(image, "true"));
        return words;
    }

    /** One command; in this sandbox, where the wall lets one in. */
    Optional<Yardstick> exec(Sandbox sandbox) throws InterruptedException {
        return switch (sandbox.backend()) {
            case DOCKER, PODMAN ->
                    time(List.of(sandbox.backend().toString(), "exec", sandbox.id(), "true"))
                            .map(taken -> named(taken, sandbox.backend() + " exec … true"));
            case BUBBLEWRAP -> time(BUBBLEWRAP);
            case FIRECRACKER, QEMU -> Optional.empty();
        };
    }

    private static Yardstick named(Yardstick taken, String command) {
        return new Yardstick(command, taken.sample());
    }

    private Optional<Yardstick> time(List<String> words) throws InterruptedException {
        var program = programs.find(words.getFirst());
        if (program.isEmpty()) {
            return Optional.empty();
        }
        var command =
                new HostCommand(
                        program.get(),
                        words.subList(1, words.size()),
                        environment(),
                        places.workingFolder());
        var times = new ArrayList<Duration>();
        for (int run = 0; run < RUNS; run++) {
            long began = System.nanoTime();
            var end = Subprocess.run(command, LIMIT, MOST_OUTPUT);
            if (!(end instanceof ProgramEnd.Exited(int code, _, _)) || code != 0) {
                return Optional.empty();
            }
            times.add(Duration.ofNanos(System.nanoTime() - began));
        }
        return Optional.of(new Yardstick(String.join(" ", words), new Sample(times)));
    }

    /** What the engines' programs need to find the engine that the user means. */
    private Map<String, String> environment() {
        return places.environment().entrySet().stream()
                .filter(it -> isOfAnEngine(it.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static boolean isOfAnEngine(String variable) {
        return variable.startsWith("DOCKER_")
                || variable.startsWith("CONTAINER_")
                || List.of("PATH", "HOME", "XDG_RUNTIME_DIR").contains(variable);
    }
}
