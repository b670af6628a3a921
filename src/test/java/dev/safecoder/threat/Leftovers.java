package dev.safecoder.threat;

import dev.safecoder.Eventually;
import dev.safecoder.sandbox.BackendName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** What an ended session has left on the machine, by its id, which all its parts carry. */
final class Leftovers {
    private static final Set<String> KEPT =
            Set.of("began", "session.json", "conversation.jsonl", "history.git", "applied.json");

    private Leftovers() {}

    /** Engines take a moment to remove what has ended; what is left after that is left. */
    static List<String> afterAWhile(Ended session) throws Exception {
        var left = new AtomicReference<List<String>>(List.of());
        try {
            Eventually.holds(
                    "nothing is left of the session",
                    Duration.ofSeconds(20),
                    () -> {
                        left.set(of(session));
                        return left.get().isEmpty();
                    });
            return List.of();
        } catch (AssertionError late) {
            return left.get();
        }
    }

    /** A line for each process, container, volume, mount, control group or file. */
    private static List<String> of(Ended session) throws IOException, InterruptedException {
        var id = session.record().id().text();
        var found = new ArrayList<String>();
        found.addAll(lines("mount", id, List.of("cat", "/proc/self/mountinfo")));
        found.addAll(lines("control group", id, List.of("find", "/sys/fs/cgroup", "-type", "d")));
        found.addAll(lines("process", id, List.of("ps", "-ewwo", "pid,args")));
        found.addAll(
                lines("temporary file", id, List.of("find", "/tmp", "/var/tmp", "-maxdepth", "1")));
        if (session.record().backend() != BackendName.BUBBLEWRAP) {
            var engine = session.record().backend().toString();
            var containers = List.of(engine, "ps", "--all", "--no-trunc", "--format", "{{.Names}}");
            found.addAll(lines("container", id, containers));
            found.addAll(lines("volume", id, List.of(engine, "volume", "ls")));
        }
        try (var files = Files.list(session.folder())) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> !KEPT.contains(name))
                    .forEach(name -> found.add("file " + name));
        }
        return found;
    }

    private static List<String> lines(String what, String id, List<String> command)
            throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text.lines().filter(line -> line.contains(id)).map(it -> what + " " + it).toList();
    }

    /** Folders of sessions, and files with content in them, that others may read or write. */
    static List<String> openToOthers(Path state) throws IOException {
        var found = new ArrayList<String>();
        var sessions = state.resolve("sessions");
        if (!Files.exists(sessions)) {
            return found;
        }
        try (var files = Files.walk(sessions, 2)) {
            for (var file : files.filter(it -> !it.equals(sessions)).toList()) {
                int mode = (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
                boolean inPrivateFolder =
                        Files.isDirectory(file) && !file.getParent().equals(sessions)
                                || Files.size(file) == 0;
                if ((mode & 077) != 0 && !inPrivateFolder) {
                    found.add("%s has mode %o".formatted(file, mode));
                }
            }
        }
        return found;
    }
}
