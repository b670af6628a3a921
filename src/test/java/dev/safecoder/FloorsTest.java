package dev.safecoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.Floors.Use;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the compiled classes to the floors: uses go down only, so there is no cycle either. */
class FloorsTest {
    private static final Path CLASSES = Path.of("target", "classes");

    @Test
    void every_package_uses_lower_floors_only() {
        var uses = Floors.parse(jdeps());

        assertThat(uses).as("what jdeps found").hasSizeGreaterThan(50);
        assertThat(Floors.violations(uses)).isEmpty();
    }

    @Test
    void every_package_stands_on_a_floor() throws IOException {
        assertThat(Floors.homeless(compiledPackages())).isEmpty();
    }

    @Test
    void a_use_of_a_higher_floor_is_found() {
        var upward = new Use("dev.safecoder.guest.Guest", "dev.safecoder.session.Session");

        assertThat(Floors.violations(List.of(upward)))
                .containsExactly(
                        "dev.safecoder.guest.Guest (floor 1) uses dev.safecoder.session.Session"
                                + " (floor 4): a package may use lower floors only");
    }

    @Test
    void a_use_between_strangers_on_one_floor_is_found() {
        var sideways = new Use("dev.safecoder.guest.Guest", "dev.safecoder.model.Model");
        var downward = new Use("dev.safecoder.guest.Guest", "dev.safecoder.path.RelativePath");
        var within = new Use("dev.safecoder.guest.Guest", "dev.safecoder.guest.Entry");

        assertThat(Floors.violations(List.of(sideways, downward, within))).hasSize(1);
    }

    @Test
    void a_new_package_is_found() {
        assertThat(Floors.homeless(Set.of("dev.safecoder.util", "dev.safecoder.guest")))
                .containsExactly(
                        "package dev.safecoder.util stands on no floor: put it on one in"
                                + " Floors.java and ARCHITECTURE.md, or move its classes");
    }

    private static List<String> jdeps() {
        var output = new StringWriter();
        var errors = new StringWriter();
        int code =
                ToolProvider.findFirst("jdeps")
                        .orElseThrow()
                        .run(
                                new PrintWriter(output),
                                new PrintWriter(errors),
                                "-verbose:class",
                                "-filter:none",
                                "--ignore-missing-deps",
                                "-e",
                                "dev\\.safecoder\\..*",
                                CLASSES.toString());
        assertThat(code).as(errors.toString()).isZero();
        return output.toString().lines().toList();
    }

    private static Set<String> compiledPackages() throws IOException {
        try (var files = Files.walk(CLASSES)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(file -> CLASSES.relativize(file).getParent().toString())
                    .map(folder -> folder.replace(CLASSES.getFileSystem().getSeparator(), "."))
                    .collect(Collectors.toSet());
        }
    }
}
