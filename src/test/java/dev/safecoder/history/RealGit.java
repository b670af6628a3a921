package dev.safecoder.history;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The C git of this machine, without anybody's configuration: the judge of what we write. */
public final class RealGit {
    private final Path folder;

    /**
     * @param folder where it runs
     */
    public RealGit(Path folder) {
        this.folder = folder;
    }

    /** What a run gave. */
    public record Outcome(int code, byte[] output, String errors) {
        public String text() {
            return new String(output, StandardCharsets.UTF_8);
        }
    }

    /** Runs a command that must go well, and gives its output. */
    public String text(String... arguments) throws IOException, InterruptedException {
        var outcome = run(new byte[0], arguments);
        if (outcome.code() != 0) {
            throw new AssertionError(
                    "git %s: %d %s%s"
                            .formatted(
                                    List.of(arguments),
                                    outcome.code(),
                                    outcome.text(),
                                    outcome.errors()));
        }
        return outcome.text();
    }

    /** Runs a command with this input. */
    public Outcome run(byte[] input, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>(List.of("git"));
        command.addAll(List.of(arguments));
        var errors = Files.createTempFile("git", "errors");
        var output = Files.createTempFile("git", "output");
        var builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectError(errors.toFile())
                        .redirectOutput(output.toFile());
        var path = builder.environment().get("PATH");
        builder.environment().clear();
        builder.environment().put("PATH", path == null ? "/usr/bin:/bin" : path);
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.environment().put("GIT_NO_REPLACE_OBJECTS", "1");
        builder.environment().put("HOME", "/nonexistent");
        try {
            var process = builder.start();
            feed(process.getOutputStream(), input);
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("git does not end: " + command);
            }
            return new Outcome(
                    process.exitValue(),
                    Files.readAllBytes(output),
                    new String(Files.readAllBytes(errors), StandardCharsets.UTF_8));
        } finally {
            Files.delete(errors);
            Files.delete(output);
        }
    }

    private static void feed(OutputStream to, byte[] input) {
        try (to) {
            to.write(input);
        } catch (IOException closed) {
            return; // it has read what it wanted
        }
    }
}
