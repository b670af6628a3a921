package dev.safecoder.threat;

import static dev.safecoder.threat.ThreatCase.H1;
import static dev.safecoder.threat.ThreatCase.H3;
import static dev.safecoder.threat.ThreatCase.H6;
import static dev.safecoder.threat.ThreatCase.H7;
import static dev.safecoder.threat.ThreatCase.H8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.app.DeliveryResult.Status;
import org.junit.jupiter.api.Test;

/** Class H: loads that an agent lays on the process of the host. */
interface OutputThreats {
    int ANSWER_CHARACTERS = 40_000;

    Scene scene();

    @Test
    @Threat(H1)
    default void output_without_end_is_cut_and_its_command_stopped() throws Exception {
        var ended =
                scene().attack(
                                Calls.none()
                                        .thenBash("yes & cat /dev/zero >&2", 5_000)
                                        .thenBash("head -c 200M /dev/zero | tr '\\0' x"));

        assertThat(ended.answers()).allMatch(text -> text.length() < ANSWER_CHARACTERS);
        assertThat(ended.answers().getFirst()).doesNotContain("exit code 0");
    }

    @Test
    @Threat(H3)
    default void output_that_is_no_text_is_made_one() throws Exception {
        var ended = scene().attack(OutputAttacks.NO_TEXT);

        assertThat(ended.answer())
                .contains("end of it")
                .matches(text -> text.codePoints().noneMatch(OutputThreats::mayNotBeSent));
        assertThat(ended.changes()).containsExactly("added utf16.txt [binary]");
        assertThat(ended.acceptAll().status()).isEqualTo(Status.APPLIED);
    }

    /** NUL, and half a pair: no valid JSON holds it. */
    private static boolean mayNotBeSent(int point) {
        return point == 0 || Character.getType(point) == Character.SURROGATE;
    }

    @Test
    @Threat(H6)
    default void nothing_is_unpacked_or_drawn() throws Exception {
        var ended = scene().attack(OutputAttacks.BOMBS);

        assertThat(ended.changes())
                .containsExactly("added a.gz [binary]", "added x.svg", "added x.xml");
        assertThat(ended.acceptAll().status()).isEqualTo(Status.APPLIED);
    }

    @Test
    @Threat({H7, H8})
    default void deep_folders_and_many_files_are_taken_or_refused_by_name() throws Exception {
        var ended = scene().attack(OutputAttacks.MANY);

        assertThat(ended.changes()).contains("added zz").hasSizeGreaterThan(1_000);
        ended.accept("zz");
    }
}
