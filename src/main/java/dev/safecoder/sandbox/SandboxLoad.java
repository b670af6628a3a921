package dev.safecoder.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.safecoder.guest.FileAnswer;
import dev.safecoder.guest.Guest;
import dev.safecoder.guest.ListAnswer;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the processes of a sandbox take together, by the sandbox's own {@code /proc}, which the
 * guest reads: no program is started for it.
 *
 * @param memoryBytes that they hold for themselves: neither pages of files nor what lies in a
 *     memory file system
 * @param cpu that they, and those they waited for, have used
 */
public record SandboxLoad(int processes, long memoryBytes, Duration cpu) {
    private static final int MOST_NAMES = 4_096;
    private static final int MOST_PROCESSES = 256;
    private static final int MOST_BYTES = 8_192;
    private static final Pattern PROCESS = Pattern.compile("/proc/\\d{1,10}");
    private static final Pattern OWN_MEMORY = Pattern.compile("(?m)^RssAnon:\\s+(\\d{1,15}) kB$");
    private static final int TICK_MILLIS = 10; // USER_HZ is 100 on all that Linux tells us of

    /** Four numbers of a {@code stat}: own time in user and system, and that of dead children. */
    private static final int FIRST_TIME = 11;

    private static final SandboxLoad NONE = new SandboxLoad(0, 0, Duration.ZERO);

    /** As it is now; of very many processes the first ones. Empty where nothing can be read. */
    public static Optional<SandboxLoad> of(Guest guest) throws InterruptedException {
        if (!(guest.list("/proc".getBytes(US_ASCII), 1, MOST_NAMES)
                instanceof ListAnswer.Listed(var entries, _))) {
            return Optional.empty();
        }
        var paths =
                entries.stream()
                        .map(entry -> new String(entry.path(), ISO_8859_1))
                        .filter(path -> PROCESS.matcher(path).matches())
                        .limit(MOST_PROCESSES)
                        .toList();
        var sum = NONE;
        for (var path : paths) {
            sum = sum.plus(read(guest, path + "/status"), read(guest, path + "/stat"));
        }
        return Optional.of(sum).filter(load -> load.processes > 0);
    }

    /** Empty for a process that has ended meanwhile. */
    private static String read(Guest guest, String path) throws InterruptedException {
        return guest.read(path.getBytes(US_ASCII), 0, MOST_BYTES)
                        instanceof FileAnswer.Content(var bytes, _, _)
                ? new String(bytes, ISO_8859_1)
                : "";
    }

    private SandboxLoad plus(String status, String stat) {
        var ticks = ticks(stat);
        if (ticks.isEmpty()) {
            return this;
        }
        return new SandboxLoad(
                processes + 1,
                memoryBytes + ownMemory(status),
                cpu.plusMillis(ticks.get() * TICK_MILLIS));
    }

    static long ownMemory(String status) {
        var found = OWN_MEMORY.matcher(status);
        return found.find() ? Long.parseLong(found.group(1)) << 10 : 0;
    }

    /** The name in a {@code stat} may hold anything, brackets and blanks included. */
    static Optional<Long> ticks(String stat) {
        var fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        if (fields.length < FIRST_TIME + 4) {
            return Optional.empty();
        }
        long sum = 0;
        for (int field = FIRST_TIME; field < FIRST_TIME + 4; field++) {
            if (!fields[field].matches("\\d{1,15}")) {
                return Optional.empty();
            }
            sum += Long.parseLong(fields[field]);
        }
        return Optional.of(sum);
    }
}
