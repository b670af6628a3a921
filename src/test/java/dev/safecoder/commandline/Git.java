package dev.safecoder.commandline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real git, as a judge over our histories and diffs; no settings of this machine reach it. */
final class Git {
    private Git() {}

    /** What it prints; anything but success is an assertion error. */
    static String in(Path folder, String... arguments) throws IOException, InterruptedException {
        return in(folder, List.of(arguments));
    }

    static String in(Path folder, List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(arguments);
        var out = Files.createTempFile("git", ".out");
        try {
            var builder = new ProcessBuilder(command).directory(folder.toFile());
            builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
            builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
            builder.environment().put("GIT_CONFIG_COUNT", "2");
            builder.environment().put("GIT_CONFIG_KEY_0", "safe.directory");
            builder.environment().put("GIT_CONFIG_VALUE_0", "*");
            builder.environment()
                    .put("GIT_CONFIG_KEY_1", "gc.auto"); // it goes on in the background
            builder.environment().put("GIT_CONFIG_VALUE_1", "0");
            builder.redirectErrorStream(true).redirectOutput(out.toFile());
            int code = builder.start().waitFor();
            var text = new String(Files.readAllBytes(out), StandardCharsets.ISO_8859_1);
            if (code != 0) {
                throw new AssertionError("%s ended with %d:\n%s".formatted(command, code, text));
            }
            return text;
        } finally {
            Files.delete(out);
        }
    }

    /** Makes the folder a repository with one commit of all that is in it. */
    static void commitAll(Path folder) throws IOException, InterruptedException {
        in(folder, "init", "-q", "-b", "main");
        in(folder, "add", "-A", "-f");
        in(
                folder,
                "-c",
                "user.name=test",
                "-c",
                "user.email=test@localhost",
                "commit",
                "-q",
                "-m",
                "all");
    }
}
