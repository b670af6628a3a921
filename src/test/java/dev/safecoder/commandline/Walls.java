package dev.safecoder.commandline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks for what a session left behind, with the tools of the wall's own system. */
final class Walls {
    private Walls() {}

    /** Containers, volumes, mounts and processes that name the state folder. */
    static List<String> leftovers(String backend, Path state)
            throws IOException, InterruptedException {
        return switch (backend) {
            case "docker", "podman" -> leftInEngine(backend, state);
            case "bubblewrap" -> mounts(state);
            case String other -> throw new IllegalArgumentException(other);
        };
    }

    private static List<String> leftInEngine(String engine, Path state)
            throws IOException, InterruptedException {
        var containers =
                output(
                        engine,
                        "ps",
                        "--all",
                        "--no-trunc",
                        "--format",
                        "{{.ID}}",
                        "--filter",
                        "name=safe-coder-");
        var left = new ArrayList<>(mounts(state));
        for (var container : containers) {
            var described = output(engine, "inspect", container);
            if (String.join("\n", described).contains(state.toString())) {
                left.add(engine + " container " + container);
            }
        }
        for (var volume : output(engine, "volume", "ls", "--quiet")) {
            var described = output(engine, "volume", "inspect", volume);
            if (String.join("\n", described).contains(state.toString())) {
                left.add(engine + " volume " + volume);
            }
        }
        return left;
    }

    private static List<String> mounts(Path state) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/mountinfo"), StandardCharsets.ISO_8859_1)
                .stream()
                .filter(line -> line.contains(state.toString()))
                .toList();
    }

    private static List<String> output(String... command) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text.lines().toList();
    }
}
