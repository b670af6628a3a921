package dev.safecoder;

import dev.safecoder.cli.Main;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What was compiled, put together as the launcher does: a jar, and a cache of the classes that a
 * session loads, with which a start takes half the time. It is made once, in {@code target}, and
 * again when the classes are others.
 */
public final class InstalledProgram {
    private static final Path CLASSES = Path.of("target", "classes").toAbsolutePath();
    private static final Path FOLDER = Path.of("target", "program").toAbsolutePath();
    private static final Path JAR = FOLDER.resolve("safe-coder.jar");
    private static final Path CACHE = FOLDER.resolve("safe-coder.aot");
    private static final String CLASS_PATH = JAR + File.pathSeparator + libraries();

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final List<String> JVM =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xlog:disable",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");
    private static final String SESSION =
            """
            {"turns":[{"tool_calls":[
                {"name":"write_file","input":{"path":"a","content":"one\\n"}},
                {"name":"edit_file","input":{"path":"a","old_string":"one","new_string":"two"}},
                {"name":"read_file","input":{"path":"a"}},
                {"name":"bash","input":{"command":"cat a"}}]},{"text":"Done."}]}
            """;

    private static boolean ready;

    private InstalledProgram() {}

    /** The words that start it, to be followed by its arguments. */
    public static List<String> command(List<String> moreJvm) throws IOException {
        install();
        // when the cache could not be made, or does not fit, the classes are loaded as ever
        return command("-XX:AOTCache=" + CACHE, moreJvm);
    }

    private static List<String> command(String cache, List<String> moreJvm) {
        var command = new ArrayList<>(List.of(JAVA));
        command.addAll(JVM);
        command.add(cache);
        command.addAll(moreJvm);
        command.addAll(List.of("-cp", CLASS_PATH, Main.class.getName()));
        return command;
    }

    private static String libraries() {
        var entries = List.of(System.getProperty("java.class.path").split(File.pathSeparator));
        return String.join(
                File.pathSeparator, entries.stream().filter(it -> it.endsWith(".jar")).toList());
    }

    private static synchronized void install() throws IOException {
        if (ready) {
            return;
        }
        Files.createDirectories(FOLDER);
        var mark = FOLDER.resolve("made-of");
        var lock = FOLDER.resolve("lock");
        try (var channel =
                        FileChannel.open(
                                lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = channel.lock()) { // of the other JVM of this run
            var sum = sum();
            if (!Files.exists(mark) || !Files.readString(mark).equals(sum)) {
                Files.deleteIfExists(mark);
                writeJar();
                warmUp();
                Files.writeString(mark, sum);
            }
        }
        ready = true;
    }

    private static List<Path> files() throws IOException {
        try (var paths = Files.walk(CLASSES)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static String sum() throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update((JAVA + CLASS_PATH).getBytes(StandardCharsets.UTF_8));
            for (var file : files()) {
                digest.update(file.toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException cause) {
            throw new IllegalStateException(cause);
        }
    }

    private static void writeJar() throws IOException {
        try (var jar = new ZipOutputStream(Files.newOutputStream(JAR))) {
            jar.setLevel(Deflater.NO_COMPRESSION);
            for (var file : files()) {
                jar.putNextEntry(new ZipEntry(CLASSES.relativize(file).toString()));
                Files.copy(file, jar);
            }
        }
    }

    /** One session behind whatever wall there is; without one, the cache holds less. */
    private static void warmUp() throws IOException {
        Files.deleteIfExists(CACHE);
        var home = Files.createTempDirectory(FOLDER, "warm-up-");
        var script = Files.writeString(home.resolve("script"), SESSION);
        var project = Files.createDirectory(home.resolve("project"));
        var command = command("-XX:AOTCacheOutput=" + CACHE, List.of());
        command.addAll(List.of("run", "-p", "warm-up", "--model", "script:" + script));
        command.addAll(List.of("--path", project.toString(), "--apply", "all"));
        command.addAll(List.of("--output", "json"));
        var builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(FOLDER.resolve("warm-up.log").toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(
                        Map.of(
                                "PATH", System.getenv("PATH"),
                                "HOME", home.toString(),
                                "SAFE_CODER_STATE", home.resolve("state").toString(),
                                "SAFE_CODER_DOCKER_IMAGE", "safe-coder-test:latest",
                                "SAFE_CODER_DOCKER_AUTO_PULL", "false"));
        builder.start().onExit().join();
    }
}
