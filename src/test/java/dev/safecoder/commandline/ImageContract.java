package dev.safecoder.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code image} does in an engine. */
abstract class ImageContract {
    private static final String NAME = "safe-coder-image-test:1";

    @TempDir Path folder;
    private SafeCoder program;

    abstract String backend();

    @BeforeEach
    void start() throws Exception {
        program = new SafeCoder(folder.resolve("user"));
    }

    private SafeCoder.Finished image(String verb, String... arguments) throws Exception {
        var all = new ArrayList<>(List.of("image", verb, "--backend", backend()));
        all.addAll(List.of(arguments));
        return program.run(all.toArray(String[]::new));
    }

    private List<JsonNode> called(String name) throws Exception {
        var listed = image("ls", "--json");
        assertThat(listed.code()).as(listed.err()).isZero();
        return listed.json()
                .valueStream()
                .filter(it -> it.path("reference").asText().endsWith(name))
                .toList();
    }

    @Test
    void the_configured_image_is_marked() throws Exception {
        var listed = called("safe-coder-test:latest");
        assertThat(listed).hasSize(1);
        assertThat(listed.getFirst().path("backend").asText()).isEqualTo(backend());
        assertThat(listed.getFirst().path("configured").asBoolean()).isTrue();
        assertThat(listed.getFirst().path("bytes").asLong()).isPositive();
        assertThat(image("ls").out()).containsPattern("(?m)^\\* .*safe-coder-test:latest$");
    }

    @Test
    void one_that_was_built_runs_until_it_is_removed() throws Exception {
        var recipe = folder.resolve("recipe");
        Files.writeString(
                recipe, "FROM safe-coder-test\nRUN echo built > /built; printf '\\033[31mred'\n");
        var project = Files.createDirectory(folder.resolve("project"));

        var built = image("build", NAME, recipe.toString());
        assertThat(built.code()).as(built.err()).isZero();
        assertThat(built.err()).contains("red").doesNotContain("\033");
        assertThat(called(NAME)).hasSize(1);
        var run =
                program.run(
                        "exec",
                        "--backend",
                        backend(),
                        "--image",
                        NAME,
                        "--path",
                        project.toString(),
                        "--",
                        "cat",
                        "/built");
        assertThat(run.out()).isEqualTo("built\n");

        assertThat(image("rm", NAME).code()).isZero();
        assertThat(called(NAME)).isEmpty();
    }

    @Test
    void a_step_that_fails_leaves_no_image() throws Exception {
        var recipe =
                Files.writeString(folder.resolve("recipe"), "FROM safe-coder-test\nRUN false\n");
        var built = image("build", NAME, recipe.toString());
        assertThat(built.code()).isEqualTo(6);
        assertThat(built.err()).contains("'%s' could not be built".formatted(NAME));
        assertThat(called(NAME)).isEmpty();
    }

    @Test
    void what_is_not_there_is_named() throws Exception {
        var removed = image("rm", "no-such-image");
        assertThat(removed.code()).isEqualTo(6);
        assertThat(removed.err()).contains("'no-such-image' could not be removed", "Try: ");
        var pulled = image("pull", "localhost:1/none:1");
        assertThat(pulled.code()).isEqualTo(6);
        assertThat(pulled.err()).contains("localhost:1 cannot be reached");
        var built = image("build", NAME, folder.resolve("missing").toString());
        assertThat(built.code()).isEqualTo(2);
        assertThat(built.err()).contains("cannot be read");
    }
}
