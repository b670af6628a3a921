package dev.safecoder.threat;

import static dev.safecoder.threat.ThreatCase.C1;
import static dev.safecoder.threat.ThreatCase.C11;
import static dev.safecoder.threat.ThreatCase.C12;
import static dev.safecoder.threat.ThreatCase.C2;
import static dev.safecoder.threat.ThreatCase.C3;
import static dev.safecoder.threat.ThreatCase.C4;
import static dev.safecoder.threat.ThreatCase.C7;
import static dev.safecoder.threat.ThreatCase.C8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The check of class C sees each of its strings when nobody encodes them. */
class NaiveTerminalTest {
    @Test
    @NegativeControl({C1, C2, C3, C4, C7, C8, C12})
    void what_is_printed_as_it_is_steers_the_terminal() {
        assertThat(Terminal.dangers(TerminalAttacks.SAID))
                .contains("U+001B", "U+0007", "U+0005", "U+009B", "U+202E", "U+2066", "U+200B");
        assertThat(Terminal.dangers("\u001b[1;31mred\u001b[0m\n")).isEmpty();
    }

    @Test
    @NegativeControl(C11)
    void a_command_on_the_users_terminal_has_it() throws Exception {
        var process =
                new ProcessBuilder(
                                "python3", "-c", Terminal.PTY, "bash", "-c", TerminalAttacks.TYPING)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .start();
        var shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        assertThat(shown).contains("got the terminal");
    }
}
