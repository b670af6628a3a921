package dev.safecoder.app;

import dev.safecoder.guest.Command;
import dev.safecoder.guest.CommandEnd;
import dev.safecoder.guest.CommandOutput;
import dev.safecoder.sandbox.Guarantee;
import dev.safecoder.sandbox.Guarantee.Level;
import dev.safecoder.sandbox.Guarantee.Name;
import dev.safecoder.sandbox.Limits;
import dev.safecoder.sandbox.Sandbox;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tries to break each guarantee from inside a sandbox, with the probe program that lies beside the
 * guest, and joins what it says with what the wall looks like from outside: the weaker word counts.
 */
final class Probes {
    private static final String PROGRAM = "/.safe-coder/probe";
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int MOST_OUTPUT = 64 << 10;

    private final Sandbox sandbox;
    private final Limits limits;
    private final Path hostPath;

    /**
     * @param hostPath a folder of the host that must not be seen inside
     */
    Probes(Sandbox sandbox, Limits limits, Path hostPath) {
        this.sandbox = sandbox;
        this.limits = limits;
        this.hostPath = hostPath;
    }

    /** Every guarantee, in the order of its names. */
    List<Guarantee> prove() throws InterruptedException {
        var proved = new ArrayList<Guarantee>();
        for (var seen : sandbox.inspect()) {
            proved.add(joined(seen, probe(seen.name())));
        }
        return proved;
    }

    private static Guarantee joined(Guarantee outside, Guarantee inside) {
        var weaker =
                outside.level().compareTo(inside.level()) >= 0 ? outside.level() : inside.level();
        return new Guarantee(
                outside.name(),
                weaker,
                "%s; probe: %s".formatted(outside.evidence(), inside.evidence()));
    }

    private Guarantee probe(Name name) throws InterruptedException {
        var output = new Output();
        var command =
                Command.of(arguments(name), Map.of("PATH", "/usr/bin:/bin"), "/").within(LIMIT);
        var end = sandbox.guest().run(command, output);
        return end instanceof CommandEnd.Exited
                ? read(name, output.bytes.toString(StandardCharsets.UTF_8))
                : new Guarantee(name, Level.ABSENT, "the probe did not end: " + end);
    }

    private List<String> arguments(Name name) {
        return switch (name) {
            case MEMORY -> List.of(PROGRAM, "memory", Long.toString(limits.memoryBytes()));
            case PIDS -> List.of(PROGRAM, "pids", Integer.toString(limits.pids()));
            case CPU -> List.of(PROGRAM, "cpu", Double.toString(limits.cpus()));
            case DISK -> List.of(PROGRAM, "disk", "/workspace");
            case FILE_SYSTEM -> List.of(PROGRAM, "file-system", hostPath.toString());
            case KERNEL, NETWORK, SYSCALLS, PRIVILEGES -> List.of(PROGRAM, name.toString());
        };
    }

    /**
     * A line for each attempt: {@code NAME.ATTEMPT TAB held|partial|broken TAB evidence}. The worst
     * one counts; no line, or one that is not understood, proves nothing.
     */
    private static Guarantee read(Name name, String printed) {
        var attempts = printed.lines().map(line -> attempt(name, line)).toList();
        var worst =
                attempts.stream()
                        .map(Guarantee::level)
                        .max(Comparator.naturalOrder())
                        .orElse(Level.ABSENT);
        var telling =
                attempts.stream()
                        .filter(attempt -> attempt.level() != Level.ENFORCED)
                        .map(Guarantee::evidence)
                        .collect(Collectors.joining("; "));
        return new Guarantee(
                name,
                worst,
                telling.isEmpty() ? "%d attempts failed".formatted(attempts.size()) : telling);
    }

    private static Guarantee attempt(Name name, String line) {
        var fields = line.split("\t", 3);
        if (fields.length != 3 || !fields[0].startsWith(name + ".")) {
            return new Guarantee(name, Level.ABSENT, "not understood: " + line);
        }
        var level =
                switch (fields[1]) {
                    case "held" -> Level.ENFORCED;
                    case "partial" -> Level.PARTIAL;
                    default -> Level.ABSENT;
                };
        return new Guarantee(name, level, fields[2]);
    }

    private static final class Output implements CommandOutput {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void out(byte[] more) {
            if (bytes.size() + more.length <= MOST_OUTPUT) {
                bytes.writeBytes(more);
            }
        }

        @Override
        public void err(byte[] more) {}
    }
}
