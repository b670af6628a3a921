package dev.safecoder.commandline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.safecoder.InstalledProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The program as its users start it: a process of its own, with a home, settings and a state folder
 * that belong to one test.
 */
final class SafeCoder {
    static final JsonMapper JSON = new JsonMapper();

    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final List<String> PASSED_ON = List.of("PATH", "DOCKER_HOST", "XDG_RUNTIME_DIR");

    private final Path folder;
    private final Map<String, String> environment = new TreeMap<>();
    private final List<String> moreJvm = new ArrayList<>();
    private List<String> before = List.of();
    private String heap = "512m";

    /** What a process left: its exit code and, apart, its two outputs. */
    record Finished(int code, String out, String err) {
        JsonNode json() throws JsonProcessingException {
            return JSON.readTree(out);
        }
    }

    /** Keeps everything below the folder, which is made. */
    SafeCoder(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        for (var name : PASSED_ON) {
            var value = System.getenv(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        environment.put("HOME", Files.createDirectories(folder.resolve("home")).toString());
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("SAFE_CODER_STATE", state().toString());
        environment.put("SAFE_CODER_CONFIG", config().toString());
        environment.put("SAFE_CODER_DOCKER_IMAGE", "safe-coder-test:latest");
        environment.put("SAFE_CODER_DOCKER_AUTO_PULL", "false");
    }

    Path state() {
        return folder.resolve("state");
    }

    Path config() {
        return folder.resolve("config.toml");
    }

    SafeCoder with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** With at most this much heap from now on, as {@code -Xmx} takes it. */
    SafeCoder withHeap(String most) {
        heap = most;
        return this;
    }

    /**
     * With one carrier for all virtual threads and none to spare, as a small machine may have it.
     */
    SafeCoder withOneCarrier() {
        moreJvm.add("-Djdk.virtualThreadScheduler.parallelism=1");
        moreJvm.add("-Djdk.virtualThreadScheduler.maxPoolSize=1");
        return this;
    }

    /** From now on started by this command, which takes the program's own as its last words. */
    SafeCoder behind(String... words) {
        before = List.of(words);
        return this;
    }

    /** With the certificates in this file and no others. */
    SafeCoder trusting(Path store, String password) {
        moreJvm.add("-Djavax.net.ssl.trustStore=" + store);
        moreJvm.add("-Djavax.net.ssl.trustStorePassword=" + password);
        return this;
    }

    /** Runs to the end. */
    Finished run(String... arguments) throws IOException, InterruptedException {
        return run(List.of(arguments));
    }

    Finished run(List<String> arguments) throws IOException, InterruptedException {
        return start(arguments).finish();
    }

    Running start(List<String> arguments) throws IOException {
        return launch(command(arguments));
    }

    /** Starts another program as this one is started: in the same folder and environment. */
    Running launch(List<String> command) throws IOException {
        var out = Files.createTempFile(folder, "out", "");
        var err = Files.createTempFile(folder, "err", "");
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectInput(Path.of("/dev/null").toFile());
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        return new Running(builder.start(), out, err);
    }

    /**
     * Starts it in a terminal of its own, by util-linux's {@code script}; what is shown goes to the
     * output, and what is written to the process is typed.
     */
    Running inTerminal(int rows, int columns, List<String> arguments) throws IOException {
        var out = Files.createTempFile(folder, "out", "");
        var words = new StringJoiner(" ");
        command(arguments).forEach(word -> words.add("'" + word.replace("'", "'\\''") + "'"));
        var inside =
                Files.writeString(
                        folder.resolve("inside.sh"),
                        "stty rows %d cols %d\nexec %s\n".formatted(rows, columns, words));
        var builder =
                new ProcessBuilder("script", "-qfec", "sh " + inside, "/dev/null")
                        .directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().putIfAbsent("TERM", "xterm-256color");
        builder.redirectErrorStream(true).redirectOutput(out.toFile());
        return new Running(builder.start(), out, out);
    }

    /** The words that start it. */
    List<String> command(List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        // a run in the background of a script ignores Ctrl-C, and would pass that on
        command.addAll(List.of("/usr/bin/env", "--default-signal=INT"));
        command.addAll(before);
        var jvm = new ArrayList<>(moreJvm);
        jvm.add("-Xmx" + heap);
        command.addAll(InstalledProgram.command(jvm));
        command.addAll(arguments);
        return command;
    }

    /** A process that has not ended yet. */
    record Running(Process process, Path out, Path err) {
        Finished finish() throws IOException, InterruptedException {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("not within %s:\n%s".formatted(LIMIT, text(err)));
            }
            return new Finished(process.exitValue(), text(out), text(err));
        }

        /** What has been shown so far. */
        String shown() throws IOException {
            return text(out);
        }

        void type(String keys) throws IOException {
            process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        }

        /** As {@code kill -NAME} does. */
        void signal(String name) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
