package dev.safecoder.app;

import dev.safecoder.guest.FileAnswer;
import dev.safecoder.guest.Guest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** What a process holds in memory, as Linux tells it; empty where it does not. */
final class ResidentMemory {
    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");
    private static final int MOST_BYTES = 16_384;

    private ResidentMemory() {}

    static OptionalLong ofThisProcess() {
        try {
            return in(Files.readString(Path.of("/proc/self/status")));
        } catch (IOException elsewhere) {
            return OptionalLong.empty();
        }
    }

    /** The guest's, which is all that runs inside when no command does. */
    static OptionalLong of(Guest guest) throws InterruptedException {
        var status = "/proc/1/status".getBytes(StandardCharsets.US_ASCII);
        return guest.read(status, 0, MOST_BYTES) instanceof FileAnswer.Content(var bytes, _, _)
                ? in(new String(bytes, StandardCharsets.UTF_8))
                : OptionalLong.empty();
    }

    static OptionalLong in(String status) {
        var found = RESIDENT.matcher(status);
        return found.find()
                ? OptionalLong.of(Long.parseLong(found.group(1)) << 10)
                : OptionalLong.empty();
    }
}
