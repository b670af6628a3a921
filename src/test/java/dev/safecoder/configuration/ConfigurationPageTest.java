package dev.safecoder.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.workspace.Masks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds docs/configuration.md to the program. */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("docs", "configuration.md");

    @Test
    void the_page_lists_every_key_as_the_program_knows_it() throws IOException {
        assertThat(Files.readString(PAGE))
                .contains("\n" + table(SettingsKey.ALL) + "\n")
                .contains("\n" + table(McpKeys.ALL) + "\n");
    }

    private static String table(List<SettingsKey<?>> keys) {
        return keys.stream()
                .map(ConfigurationPageTest::row)
                .collect(
                        Collectors.joining(
                                "",
                                "| key | default | allowed | meaning |\n|---|---|---|---|\n",
                                ""));
    }

    @Test
    void the_page_lists_the_masks_as_the_program_knows_them() throws IOException {
        var block = Files.readString(PAGE).split("```\n")[1];
        assertThat(block.strip().split("\\s+")).containsExactlyElementsOf(Masks.DEFAULT.patterns());
    }

    private static <T> String row(SettingsKey<T> key) {
        var fallback = key.fallback().map(it -> "`" + key.type().write(it) + "`").orElse("");
        return "| `%s` | %s | %s | %s |\n"
                .formatted(key.fullName(), fallback, key.type().expectation(), key.meaning());
    }
}
