package dev.safecoder.threat;

import static dev.safecoder.threat.ThreatCase.B18;
import static dev.safecoder.threat.ThreatCase.D13;
import static dev.safecoder.threat.ThreatCase.D14;
import static dev.safecoder.threat.ThreatCase.D15;
import static dev.safecoder.threat.ThreatCase.D18;
import static dev.safecoder.threat.ThreatCase.D2;
import static dev.safecoder.threat.ThreatCase.D3;
import static dev.safecoder.threat.ThreatCase.D6;
import static dev.safecoder.threat.ThreatCase.D7;
import static dev.safecoder.threat.ThreatCase.D8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.app.DeliveryResult.Status;
import dev.safecoder.configuration.SettingsOption;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Class D, by the agent's own shell: ways through the wall, and loads upon it. */
interface WallThreats {
    Scene scene();

    @Test
    @Threat(D2)
    default void no_socket_of_the_host_is_there() throws Exception {
        var ended = scene().attack(WallAttacks.SOCKETS);

        assertThat(ended.answer()).contains("reached: []");
    }

    @Test
    @Threat({D13, D14, D15})
    default void there_is_no_network_of_any_kind() throws Exception {
        var ended = scene().attack(WallAttacks.NETWORK);

        assertThat(ended.answer()).contains("reached: []");
    }

    @Test
    @Threat(D3)
    default void there_is_no_privilege_to_be_had() throws Exception {
        var ended = scene().attack(WallAttacks.PRIVILEGES);

        assertThat(ended.answer())
                .contains("CapEff:\t0000000000000000")
                .contains("CapBnd:\t0000000000000000")
                .contains("NoNewPrivs:\t1")
                .contains("Seccomp:\t2")
                .doesNotContain("got it");
    }

    @Test
    @Threat(D6)
    default void no_device_and_no_folder_of_the_host_is_there() throws Exception {
        var ended = scene().attack(WallAttacks.DEVICES);

        assertThat(ended.answer()).contains("reached: []");
    }

    @Test
    @Threat(D7)
    default void a_fork_bomb_ends_with_its_command() throws Exception {
        var ended =
                scene().attack(
                                Calls.none()
                                        .thenBash("b() { b | b & }; b; sleep 60", 3_000)
                                        .thenBash("echo alive; echo three >>a.txt"));

        assertThat(ended.answers().getLast()).contains("alive");
        assertThat(ended.changes()).containsExactly("modified a.txt");
        assertThat(ended.acceptAll().status()).isEqualTo(Status.APPLIED);
    }

    @Test
    @Threat(D8)
    default void memory_without_end_is_not_had_and_the_session_goes_on() throws Exception {
        var ended =
                scene().attack(
                                Calls.none()
                                        .thenBash("tail /dev/zero", 20_000)
                                        .thenBash("head -c 8G /dev/zero >/dev/shm/x", 20_000)
                                        .thenBash("rm -f /dev/shm/x; echo alive"));

        assertThat(ended.answers().getFirst()).doesNotContain("exit code 0");
        assertThat(ended.answers().get(1)).doesNotContain("exit code 0");
        assertThat(ended.answers().getLast()).contains("alive");
    }

    /** In many files, for a limit of each would stop one. */
    @Test
    @Threat(B18)
    default void a_writer_without_end_is_stopped_long_before_the_disk_is_full() throws Exception {
        var ended =
                scene().attack(
                                Calls.none()
                                        .thenBash(WallAttacks.FILL_DISK, 60_000)
                                        .thenBash("head -c 20G /dev/zero >/tmp/x", 20_000)
                                        .thenBash("du -sm . | cut -f1; rm -rf big; sleep 0.3")
                                        .thenBash("echo alive; echo three >>a.txt"),
                                Map.of(SettingsOption.DISK, "200m"));

        assertThat(ended.answers().getFirst()).contains("took more of the disk than it may");
        assertThat(ended.answers().get(1)).doesNotContain("exit code 0");
        assertThat(Integer.parseInt(ended.answers().get(2).lines().findFirst().orElseThrow()))
                .isBetween(150, 2_000);
        assertThat(ended.answers().getLast()).contains("alive");
        assertThat(ended.changes()).containsExactly("modified a.txt");
    }

    @Test
    @Threat(D18)
    default void a_link_in_the_place_of_a_folder_is_never_mounted() throws Exception {
        Files.createSymbolicLink(scene().project().resolve("out"), scene().canaries().outside());

        var ended =
                scene().attack(
                                Calls.bash("rm -r src; ln -s / src; cat out/private.txt")
                                        .thenBash("cat src@OUTSIDE@/private.txt; ls src@HOME@"));

        assertThat(ended.answers()).allMatch(text -> text.contains("No such file or directory"));
        assertThat(ended.changes()).contains("deleted src/run.sh", "symlink src");
        assertThat(ended.acceptAll().status()).isEqualTo(Status.REFUSED);
        assertThat(scene().attack("cat src/run.sh").answer()).contains("echo run");
    }
}
