package dev.safecoder.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The processes of this machine, whatever wall they are behind. */
public final class HostProcesses {
    private HostProcesses() {}

    /** A number of seconds that no other {@code sleep} of this machine has. */
    public static String unusualSleep() {
        return String.valueOf(ThreadLocalRandom.current().nextInt(100_000_000, 999_999_999));
    }

    /** How many processes sleep for that long. */
    public static long with(String seconds) throws IOException {
        return mentioning("sleep\0" + seconds);
    }

    /** How many processes have this in their command line, whose words are parted by NUL. */
    public static long mentioning(String text) throws IOException {
        return found(text).size();
    }

    /** Kills those that have this in their command line. */
    public static void kill(String text) throws IOException {
        found(text).stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static List<Long> found(String text) throws IOException {
        try (var processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(folder -> folder.getFileName().toString().matches("\\d+"))
                    .filter(folder -> arguments(folder).contains(text))
                    .map(folder -> Long.valueOf(folder.getFileName().toString()))
                    .toList();
        }
    }

    private static String arguments(Path folder) {
        try {
            return new String(
                    Files.readAllBytes(folder.resolve("cmdline")), StandardCharsets.UTF_8);
        } catch (IOException | UncheckedIOException e) {
            return ""; // it has ended meanwhile
        }
    }
}
