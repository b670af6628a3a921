package dev.safecoder.sandbox.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.guest.GuestException;
import dev.safecoder.sandbox.BackendName;
import dev.safecoder.sandbox.SandboxException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StartTroubleTest {
    private final StartTrouble trouble = new StartTrouble(BackendName.DOCKER, "debian:12");

    private static String told(SandboxException exception) {
        return exception.problem() + " | " + exception.remedy();
    }

    @Test
    void a_full_disk_is_named() {
        assertThat(
                        told(
                                trouble.cannotStart(
                                        new EngineRefusal(
                                                500, "write /var/x: no space left on device"))))
                .isEqualTo(
                        "docker could not start the sandbox: its disk is full: write /var/x: no"
                                + " space left on device | free space with `docker system prune`");
    }

    @Test
    void another_processors_image_is_named_wherever_it_shows() {
        var text =
                "docker could not start the sandbox: image 'debian:12' is for another kind of"
                        + " processor | choose an image for this machine with --image";
        assertThat(told(trouble.cannotStart(new IOException("exec format error")))).isEqualTo(text);
        var died = GuestException.died("exec /.safe-coder/guest: exec format error");
        assertThat(told(trouble.guestDoesNotAnswer(died))).isEqualTo(text);
    }

    @Test
    void anything_else_is_told_in_the_engines_words_with_a_way_to_see_it() {
        assertThat(told(trouble.cannotStart(new EngineRefusal(500, "mounts\n are  off"))))
                .isEqualTo(
                        "docker could not start the sandbox: mounts are off | see whether `docker"
                                + " run --rm debian:12 true` works, or choose another backend with"
                                + " --backend");
    }

    @Test
    void a_guest_that_does_not_answer_is_told_with_its_last_words() {
        assertThat(told(trouble.guestDoesNotAnswer(GuestException.died("guest: root: gone"))))
                .isEqualTo(
                        "docker could not start the sandbox: the guest does not answer in image"
                                + " 'debian:12': The sandbox ended: guest: root: gone | choose"
                                + " another image with --image, or another backend with --backend");
    }

    @Test
    void a_path_that_no_engine_can_mount_is_refused() {
        assertThat(told(trouble.scratchNotPlain(Path.of("/a,b"))))
                .isEqualTo(
                        "docker cannot enforce this here: the folder '/a,b' has a comma, colon,"
                                + " quote or control character in its path, which no engine can"
                                + " mount | set SAFE_CODER_STATE to a folder with a plain path");
    }
}
