package dev.safecoder.threat;

import static dev.safecoder.threat.ThreatCase.B15;
import static dev.safecoder.threat.ThreatCase.C1;
import static dev.safecoder.threat.ThreatCase.C11;
import static dev.safecoder.threat.ThreatCase.C12;
import static dev.safecoder.threat.ThreatCase.C2;
import static dev.safecoder.threat.ThreatCase.C3;
import static dev.safecoder.threat.ThreatCase.C4;
import static dev.safecoder.threat.ThreatCase.C7;
import static dev.safecoder.threat.ThreatCase.C8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.history.RealGit;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Class C: what reaches the user's terminal, from the program as its own process on a pty. */
interface TerminalThreats {
    Scene scene();

    @Test
    @Threat({B15, C1, C2, C3, C4, C7, C8})
    default void nothing_that_an_agent_says_or_makes_steers_the_terminal() throws Exception {
        var calls =
                Calls.none()
                        .thenBash(TerminalAttacks.EVERYWHERE)
                        .thenBash("echo " + TerminalAttacks.SAID)
                        .thenRead(TerminalAttacks.SAID)
                        .thenSay(TerminalAttacks.SAID);
        var script = Files.writeString(scene().state().resolveSibling("script"), calls.json());
        var project = scene().project().toString();

        var run =
                scene().terminal()
                        .shows(
                                List.of(
                                        "run",
                                        "-p",
                                        TerminalAttacks.SAID,
                                        "--backend",
                                        scene().backend().toString(),
                                        "--path",
                                        project,
                                        "--model",
                                        "script:" + script,
                                        "--apply",
                                        "never"));
        assertThat(Terminal.dangers(run)).isEmpty();
        assertThat(run).contains("␛[24D").contains("<U+202E>").contains("n␛[2J␛]0;x␇");
        assertThat(scene().newest().changes()).hasSize(3);
        for (var command : List.of("diff", "log", "apply")) {
            var shown = scene().terminal().shows(List.of(command, "--path", project));
            assertThat(Terminal.dangers(shown)).as(command).isEmpty();
            assertThat(shown).as(command).isNotBlank();
        }
    }

    @Test
    @Threat(C11)
    default void there_is_no_terminal_to_type_into() throws Exception {
        var ended = scene().attack(TerminalAttacks.TYPING);

        assertThat(ended.answer()).contains("not a tty").doesNotContain("got the terminal");
    }

    @Test
    @Threat(C12)
    default void the_history_is_plain_in_any_git() throws Exception {
        var ended = scene().attack(TerminalAttacks.EVERYWHERE);

        var log =
                new RealGit(ended.folder())
                        .text("--git-dir", ended.folder().resolve("history.git").toString(), "log");
        assertThat(Terminal.dangers(log)).isEmpty();
        assertThat(log).contains("Agent executed: bash");
    }
}
