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
import static dev.safecoder.threat.ThreatCase.G9;
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
        var run = shown(calls.json());
        assertThat(Terminal.dangers(run)).isEmpty();
        assertThat(run).contains("␛[24D").contains("<U+202E>").contains("n␛[2J␛]0;x␇");
        assertThat(scene().newest().changes()).hasSize(3);
        for (var command : List.of("diff", "log", "apply")) {
            var shown = shownBy(command);
            assertThat(Terminal.dangers(shown)).as(command).isEmpty();
            assertThat(shown).as(command).isNotBlank();
        }
    }

    /** What a run of these calls shows. */
    private String shown(String script) throws Exception {
        var file = Files.writeString(scene().state().resolveSibling("script"), script);
        return scene().terminal()
                .shows(
                        List.of(
                                "run",
                                "-p",
                                TerminalAttacks.SAID,
                                "--backend",
                                scene().backend().toString(),
                                "--path",
                                scene().project().toString(),
                                "--model",
                                "script:" + file,
                                "--apply",
                                "never"));
    }

    private String shownBy(String command) throws Exception {
        return scene().terminal().shows(List.of(command, "--path", scene().project().toString()));
    }

    /** The canaries see a connection. */
    @Test
    @Threat(G9)
    default void nothing_that_is_shown_is_fetched_and_no_name_is_sent_along() throws Exception {
        var calls =
                Calls.bash("git config user.email evil@localhost; " + SecretAttacks.REMOTE_IMAGE)
                        .thenSay("![x](http://127.0.0.1:@PORT@/x)");

        var run = shown(scene().canaries().told(calls.json()));

        assertThat(run).contains("![x](http://127.0.0.1:");
        var ended = scene().newest();
        assertThat(shownBy("diff")).contains("+![x](http://127.0.0.1:");
        var people =
                new RealGit(ended.folder())
                        .text(
                                "--git-dir",
                                ended.folder().resolve("history.git").toString(),
                                "log",
                                "--format=%ae %ce");
        assertThat(people).doesNotContain("evil").isNotBlank();
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
