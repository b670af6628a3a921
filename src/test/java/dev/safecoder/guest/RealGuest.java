package dev.safecoder.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The real guest as an ordinary child process: no wall, its root is a folder of the test's. */
public final class RealGuest implements GuestStream {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration LAST_MOMENT = Duration.ofSeconds(2);

    private final Process process;
    private final Path errors;

    private RealGuest(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    /** Starts it without greeting it; {@code options} come after {@code --root}. */
    public static RealGuest start(Path scratch, Path root, String... options) throws IOException {
        var program = GuestPrograms.install(scratch).resolve(architecture()).resolve("guest");
        var errors = Files.createTempFile(scratch, "guest-", ".err");
        var arguments = new ArrayList<>(List.of(program.toString(), "--root", root.toString()));
        arguments.addAll(List.of(options));
        var builder = new ProcessBuilder(arguments).redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin");
        return new RealGuest(builder.start(), errors);
    }

    /** Starts and greets it. */
    public static GuestClient connect(Path scratch, Path root)
            throws IOException, InterruptedException {
        return GuestClient.connect(start(scratch, root), LIMIT);
    }

    /** The architecture of this machine by the guest's name for it. */
    public static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
    }

    /** A shell command with the environment that commands need, started in the root. */
    public static Command shell(String script) {
        return Command.of(List.of("/bin/sh", "-c", script), Map.of("PATH", "/usr/bin:/bin"), ".");
    }

    public Process process() {
        return process;
    }

    @Override
    public InputStream input() {
        return process.getInputStream();
    }

    @Override
    public OutputStream output() {
        return process.getOutputStream();
    }

    @Override
    public void kill() {
        process.destroyForcibly();
    }

    @Override
    public String lastWords() {
        try {
            boolean ended = process.waitFor(LAST_MOMENT.toMillis(), TimeUnit.MILLISECONDS);
            var words = Files.readString(errors).strip();
            return ended ? "exit code %d %s".formatted(process.exitValue(), words).strip() : words;
        } catch (IOException unreadable) {
            return String.valueOf(unreadable.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
