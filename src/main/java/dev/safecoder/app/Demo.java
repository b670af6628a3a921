package dev.safecoder.app;

import dev.safecoder.model.Model;
import dev.safecoder.model.script.ScriptedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A sample project with a failing check, a file beside it that is nobody's business, and a written
 * agent that mends the one and tries to read the other. Needs nothing but a POSIX shell inside.
 */
public final class Demo {
    private static final List<String> FILES = List.of("celsius.sh", "check.sh", "README.md");

    private final Path project;
    private final Path outside;

    private Demo(Path project, Path outside) {
        this.project = project;
        this.outside = outside;
    }

    /** Makes the sample in a new folder of the system's temporary one, where it stays. */
    public static Demo make() throws IOException {
        var folder = Files.createTempDirectory("safe-coder-demo-").toRealPath();
        var project = Files.createDirectory(folder.resolve("celsius"));
        for (var name : FILES) {
            Files.writeString(project.resolve(name), resource(name));
        }
        var outside =
                Files.writeString(folder.resolve("private.txt"), "not for the agent's eyes\n");
        return new Demo(project, outside);
    }

    public Path project() {
        return project;
    }

    /** The agent of this demo. */
    public Model model() throws IOException {
        return ScriptedModel.parse(
                "demo", resource("script.json").replace("@OUTSIDE@", outside.toString()));
    }

    private static String resource(String name) throws IOException {
        try (var bytes = Demo.class.getResourceAsStream("demo/" + name)) {
            return new String(
                    Objects.requireNonNull(bytes, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
