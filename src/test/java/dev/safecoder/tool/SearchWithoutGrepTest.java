package dev.safecoder.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.tool.InputCheck.Checked;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image without a grep gives the same answers. */
class SearchWithoutGrepTest {
    private static final List<String> WORDS =
            List.of(
                    "alpha",
                    "Alpha",
                    "beta",
                    "größe",
                    "$x[1]",
                    "a.b",
                    "-e",
                    "",
                    "\t",
                    "ALPHA beta");
    private static final List<String> PATTERNS =
            List.of("alpha", "beta$", "gr.ße", "\\$x\\[1\\]", "a\\.b", "^-e", "alpha|beta", "\\s");

    @Test
    void a_random_tree_is_searched_alike(@TempDir Path temp) throws Exception {
        try (var bench = Workbench.in(temp)) {
            plant(bench, new Random(17));
            var files = new SandboxFiles(bench.guest());
            var with = new GrepTool(bench.guest(), new Programs(bench.guest()), files);
            var without =
                    new GrepTool(
                            bench.guest(), new Programs(bench.guest(), List.of("/none/")), files);
            int found = 0;
            for (var pattern : PATTERNS) {
                for (var flag : List.of("true", "false")) {
                    var input =
                            "{\"pattern\":\"%s\",\"ignore_case\":%s,\"limit\":1000}"
                                    .formatted(pattern.replace("\\", "\\\\"), flag);
                    var answer = run(with, input);
                    assertThat(run(without, input)).as(input).isEqualTo(answer);
                    found += answer.startsWith("(No lines") ? 0 : 1;
                }
            }
            assertThat(found).isEqualTo(2 * PATTERNS.size());
        }
    }

    private static void plant(Workbench bench, Random random) throws Exception {
        for (int file = 0; file < 120; file++) {
            var content = new StringBuilder();
            for (int line = random.nextInt(4); line >= 0; line--) {
                content.append(WORDS.get(random.nextInt(WORDS.size())))
                        .append(WORDS.get(random.nextInt(WORDS.size())))
                        .append('\n');
            }
            bench.put("d%d/e%d/-f %d'\"$".formatted(file % 7, file % 3, file), content.toString());
        }
    }

    private static String run(Tool tool, String input) throws InterruptedException {
        return switch (InputCheck.check(tool.spec().fields(), Workbench.json(input))) {
            case Checked.Valid(var arguments) -> tool.run(arguments).text();
            case Checked.Invalid(var reason) -> throw new AssertionError(reason);
        };
    }

    @Test
    void an_image_without_bash_has_its_posix_shell(@TempDir Path temp) throws Exception {
        try (var bench = Workbench.in(temp)) {
            var programs = new Programs(bench.guest(), List.of("/none/"));
            assertThat(programs.shell()).isEqualTo("/bin/sh");
            assertThat(programs.find("grep")).isEmpty();
            assertThat(new Programs(bench.guest()).shell()).endsWith("/bash");
        }
    }
}
