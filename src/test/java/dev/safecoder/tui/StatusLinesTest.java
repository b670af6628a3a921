package dev.safecoder.tui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

class StatusLinesTest {
    private static List<String> lines(Optional<String> doing, List<List<String>> facts, int width) {
        return StatusLines.lines(doing, facts, width).stream()
                .map(AttributedString::toString)
                .toList();
    }

    @Test
    void what_matters_most_stays_in_a_narrow_terminal() {
        var facts = List.of(List.of("docker", "step 2", "3 changed files"), List.of("a/model"));
        assertThat(lines(Optional.of("bash  2 s"), facts, 80))
                .containsExactly("bash  2 s", "docker · step 2 · 3 changed files", "a/model");
        assertThat(lines(Optional.empty(), facts, 20))
                .containsExactly("", "docker · step 2", "a/model");
        assertThat(lines(Optional.of("x".repeat(50)), facts, 20).getFirst()).hasSize(20);
    }

    @Test
    void facts_are_made_safe() {
        assertThat(lines(Optional.empty(), List.of(List.of("main\033[2J")), 80).getLast())
                .isEqualTo("main␛[2J");
    }
}
