package dev.safecoder.threat;

import dev.safecoder.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** What this process holds of the system: open files, sockets and pipes, and threads. */
final class Footprint {
    private final List<String> held;

    private Footprint(List<String> held) {
        this.held = held;
    }

    static Footprint now() throws IOException {
        return new Footprint(held());
    }

    /** What is held now beyond what was then; empty as soon as there is no more than that. */
    List<String> grownBy() throws Exception {
        var more = new AtomicReference<List<String>>(List.of());
        try {
            Eventually.holds(
                    "nothing more is held",
                    Duration.ofSeconds(10),
                    () -> {
                        var now = held();
                        held.forEach(now::remove);
                        more.set(now);
                        return now.isEmpty();
                    });
            return List.of();
        } catch (AssertionError late) {
            return more.get();
        }
    }

    private static List<String> held() throws IOException {
        var all = new ArrayList<String>();
        try (var entries = Files.list(Path.of("/proc/self/fd"))) {
            for (var entry : entries.toList()) {
                var target = target(entry);
                if (!target.endsWith(".jar") && !target.startsWith("/proc/")) {
                    all.add(target.replaceAll("\\d+", "N"));
                }
            }
        }
        threads(all);
        return all;
    }

    private static String target(Path entry) {
        try {
            return Files.readSymbolicLink(entry).toString();
        } catch (IOException closedMeanwhile) {
            return "/proc/gone";
        }
    }

    /** Without those of the runtime itself, which come and go as it likes. */
    private static void threads(List<String> all) {
        Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> !name.matches("(ForkJoinPool|process reaper|VirtualThread-).*"))
                .forEach(name -> all.add("thread " + name.replaceAll("\\d+", "N")));
    }
}
