package dev.safecoder.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds docs/commands.md to what the program prints as help. After a change of an option, write the
 * page anew with {@code PAGES=write ./mvnw test -Dtest=CommandsPageTest}.
 */
class CommandsPageTest {
    private static final Path PAGE = Path.of("docs", "commands.md");
    private static final String HELP_BEGINS = "\n## Help\n";
    private static final Pattern COMMAND = Pattern.compile("(?m)^  ([a-z]+)(,| )");

    @TempDir Path folder;

    @Test
    void the_page_shows_the_help_of_every_command() throws Exception {
        var page = Files.readString(PAGE);
        var written = page.substring(0, page.indexOf(HELP_BEGINS)) + HELP_BEGINS + help();
        if ("write".equals(System.getenv("PAGES"))) {
            Files.writeString(PAGE, written);
        }
        assertThat(page).isEqualTo(written);
    }

    private String help() throws IOException, InterruptedException {
        var program = new SafeCoder(folder);
        var root = program.run("--help").out();
        var text = new StringBuilder(section("safe-coder", root));
        for (var command : commands(root)) {
            text.append(section("safe-coder " + command, program.run(command, "--help").out()));
        }
        return text.toString();
    }

    private static List<String> commands(String help) {
        var list = help.substring(help.indexOf("Commands:"));
        return COMMAND.matcher(list).results().map(found -> found.group(1)).toList();
    }

    private static String section(String title, String help) {
        return "\n### `%s`\n\n```\n%s\n```\n".formatted(title, help.strip());
    }
}
