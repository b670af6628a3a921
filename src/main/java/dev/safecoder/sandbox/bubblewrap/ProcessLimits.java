package dev.safecoder.sandbox.bubblewrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** The resource limits of one process, as {@code /proc} lists them. */
record ProcessLimits(List<String> lines) {
    private static final int NAME_WIDTH = 26;

    static ProcessLimits read(Path process) throws IOException {
        return new ProcessLimits(Files.readAllLines(process.resolve("limits")));
    }

    /** The soft limit of this name; empty when there is none. */
    OptionalLong soft(String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(NAME_WIDTH).strip().split(" +")[0])
                .filter(value -> !value.equals("unlimited"))
                .mapToLong(Long::parseLong)
                .findFirst();
    }
}
