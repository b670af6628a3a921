package dev.safecoder.threat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThreatTableTest {
    private static final String REMEDY = "run scripts/verify, then scripts/threat-table";

    @Test
    void the_published_table_has_every_case() throws IOException {
        var published =
                Files.readAllLines(Path.of("SECURITY.md")).stream()
                        .filter(line -> line.matches("\\| [A-I]\\d+ \\|.*"))
                        .map(line -> List.of(line.split("\\|")))
                        .map(
                                columns ->
                                        columns.get(1).strip()
                                                + ":"
                                                + columns.get(2).stripTrailing())
                        .toList();

        assertThat(published)
                .as(REMEDY)
                .isEqualTo(
                        Arrays.stream(ThreatCase.values())
                                .map(it -> "%s: %s".formatted(it, it.title()))
                                .toList());
    }
}
