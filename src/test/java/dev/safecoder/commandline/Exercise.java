package dev.safecoder.commandline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A task in a small project, with tests that fail at first and a conversation that solves it; see
 * {@code src/test/resources/exercises/README.md}.
 */
record Exercise(Language language, String name) {
    // not from the class path: a build copies its files without their modes
    private static final Path EXERCISES = Path.of("src", "test", "resources", "exercises");

    /** What an exercise is written in, and how its tests are run inside a sandbox. */
    enum Language {
        PYTHON("checks.py", "PYTHONDONTWRITEBYTECODE=1 python3 tests/checks.py"),
        // the system's own JDK, else this one, else that of the image for the tests
        JAVA(
                "Checks.java",
                """
                PATH=$PATH:%s/bin:/opt/jdk/bin
                rm -rf /tmp/classes
                javac -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -proc:none -d /tmp/classes \\
                    $(find src tests -name '*.java') &&
                java -XX:TieredStopAtLevel=1 -cp /tmp/classes Checks"""
                        .formatted(System.getProperty("java.home")));

        private final String checks;
        private final String testCommand;

        Language(String checks, String testCommand) {
            this.checks = checks;
            this.testCommand = testCommand;
        }

        private Path folder() {
            return EXERCISES.resolve(name().toLowerCase(Locale.ROOT));
        }
    }

    static List<Exercise> all(Language language) {
        try (var entries = Files.list(language.folder())) {
            return entries.filter(Files::isDirectory)
                    .map(folder -> new Exercise(language, folder.getFileName().toString()))
                    .sorted(Comparator.comparing(Exercise::name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return language.name().toLowerCase(Locale.ROOT) + "/" + name;
    }

    String task() throws IOException {
        return Files.readString(folder().resolve("task.txt")).strip();
    }

    /** Copies the project as the agent finds it. */
    void unpack(Path project) throws IOException {
        copy(folder().resolve("project"), project);
        copy(folder().resolve("tests"), project.resolve("tests"));
        Files.copy(
                language.folder().resolve(language.checks),
                project.resolve("tests").resolve(language.checks));
    }

    /** What the project is to be in the end, as {@link Tree#of} sees it; the tests stay. */
    Map<String, String> solved(Path emptyFolder) throws IOException {
        unpack(emptyFolder);
        var expected = new TreeMap<>(Tree.of(emptyFolder));
        expected.keySet().removeIf(path -> !Path.of(path).startsWith("tests"));
        expected.putAll(Tree.of(folder().resolve("reference")));
        return expected;
    }

    /** Runs the tests, solves the task, and runs the tests again. */
    ObjectNode oracle() throws IOException {
        var written = SafeCoder.JSON.readTree(folder().resolve("oracle.json").toFile());
        return betweenTests((ArrayNode) written.path("turns"));
    }

    /** Runs the tests twice and nothing between. */
    ObjectNode doNothing() {
        return betweenTests(SafeCoder.JSON.createArrayNode());
    }

    private ObjectNode betweenTests(ArrayNode work) {
        var conversation = SafeCoder.JSON.createObjectNode();
        var turns = conversation.putArray("turns");
        turns.add(tests("I run the tests."));
        turns.addAll(work);
        turns.add(tests("I run the tests again."));
        turns.addObject().put("text", "Done.");
        return conversation;
    }

    private ObjectNode tests(String text) {
        var turn = SafeCoder.JSON.createObjectNode().put("text", text);
        turn.putArray("tool_calls")
                .addObject()
                .put("name", "bash")
                .putObject("input")
                .put("command", language.testCommand);
        return turn;
    }

    private Path folder() {
        return language.folder().resolve(name);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var paths = Files.walk(from)) {
            for (var path : paths.toList()) {
                var copy = to.resolve(from.relativize(path));
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(path, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }
}
