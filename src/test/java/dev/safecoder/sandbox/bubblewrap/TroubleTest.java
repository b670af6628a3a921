package dev.safecoder.sandbox.bubblewrap;

import static dev.safecoder.threat.ThreatCase.D19;
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.sandbox.Availability.Unusable;
import dev.safecoder.threat.Threat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Threat(D19)
class TroubleTest {
    private static final String DENIED =
            "bwrap: No permissions to create a new namespace, likely because the kernel does not"
                    + " allow non-privileged user namespaces.\n";

    @TempDir Path root;

    @Test
    void another_system_is_named() {
        assertThat(Trouble.notLinux("Mac OS X"))
                .isEqualTo(
                        new Unusable(
                                "bubblewrap needs Linux, and this is Mac OS X",
                                "install Docker Desktop or Podman, or choose another backend with"
                                        + " --backend"));
    }

    @ParameterizedTest
    @CsvSource({
        "ID=debian, sudo apt-get install bubblewrap",
        "ID=linuxmint, sudo apt-get install bubblewrap",
        "ID=fedora, sudo dnf install bubblewrap",
        "ID=\"rocky\"|ID_LIKE=\"rhel centos fedora\", sudo dnf install bubblewrap",
        "ID=\"opensuse-leap\"|ID_LIKE=\"suse opensuse\", sudo zypper install bubblewrap",
        "ID=arch, sudo pacman -S bubblewrap",
        "ID=alpine, sudo apk add bubblewrap"
    })
    void a_missing_program_is_installed_the_way_of_the_distribution(String release, String remedy)
            throws Exception {
        write("etc/os-release", release.replace('|', '\n'));

        assertThat(Trouble.notInstalled(root))
                .isEqualTo(
                        new Unusable(
                                "the program 'bwrap' is not on the PATH",
                                "run `%s`".formatted(remedy)));
    }

    @Test
    void an_unknown_system_gets_advice_too() {
        assertThat(Trouble.notInstalled(root).remedy())
                .isEqualTo("run `sudo apt-get install bubblewrap`");
    }

    @Test
    void a_setuid_program_is_refused() {
        assertThat(Trouble.isSetuid(Path.of("/usr/bin/bwrap")))
                .isEqualTo(
                        new Unusable(
                                "'/usr/bin/bwrap' is installed setuid root, which forbids sized"
                                        + " file systems",
                                "run `sudo chmod u-s /usr/bin/bwrap`"));
    }

    @Test
    void user_namespaces_that_are_used_up_or_off_are_counted() throws Exception {
        write("proc/sys/user/max_user_namespaces", "0\n");

        assertThat(
                        Trouble.of(
                                "bwrap: Creating new namespace failed: nesting depth or"
                                        + " /proc/sys/user/max_*_namespaces exceeded (ENOSPC)\n",
                                root))
                .isEqualTo(
                        new Unusable(
                                "user namespaces are switched off or used up"
                                        + " (user.max_user_namespaces = 0)",
                                "run `sudo sysctl -w user.max_user_namespaces=15000`"));
    }

    @Test
    void debians_own_switch_is_named() throws Exception {
        write("proc/sys/kernel/unprivileged_userns_clone", "0\n");

        assertThat(Trouble.of(DENIED, root))
                .isEqualTo(
                        new Unusable(
                                "this kernel lets only root make user namespaces",
                                "run `sudo sysctl -w kernel.unprivileged_userns_clone=1`"));
    }

    @ParameterizedTest
    @CsvSource({
        "setting up uid map: Permission denied",
        "loopback: Failed RTM_NEWADDR: Operation not permitted"
    })
    void the_restriction_of_ubuntu_is_named(String said) throws Exception {
        write("proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1\n");

        assertThat(Trouble.of("bwrap: %s\n".formatted(said), root))
                .isEqualTo(
                        new Unusable(
                                "AppArmor forbids user namespaces to bubblewrap (%s)"
                                        .formatted(said),
                                "run `sudo sysctl -w"
                                        + " kernel.apparmor_restrict_unprivileged_userns=0`, or"
                                        + " give bwrap a profile that allows userns"));
    }

    @Test
    void a_container_around_us_is_named() throws Exception {
        write(".dockerenv", "");

        assertThat(
                        Trouble.of(
                                "bwrap: Can't mount proc on /newroot/proc: Operation not permitted",
                                root))
                .isEqualTo(
                        new Unusable(
                                "the container around us forbids user namespaces or mounts (Can't"
                                        + " mount proc on /newroot/proc: Operation not permitted)",
                                "start that container with `--security-opt seccomp=unconfined"
                                        + " --security-opt systempaths=unconfined`, or run"
                                        + " safe-coder outside of it"));
    }

    @Test
    void an_old_version_is_named() {
        assertThat(Trouble.of("bwrap: Unknown option --size\n", root))
                .isEqualTo(
                        new Unusable(
                                "this bubblewrap is too old: Unknown option --size",
                                "install bubblewrap 0.8.0 or newer, or choose another backend with"
                                        + " --backend"));
    }

    @Test
    void anything_else_is_said_as_it_is() {
        assertThat(Trouble.of("bwrap: pivot_root: Device or resource busy\nmore\n", root))
                .isEqualTo(
                        new Unusable(
                                "bubblewrap cannot build a sandbox: pivot_root: Device or resource"
                                        + " busy",
                                "choose another backend with --backend"));
    }

    private void write(String name, String content) throws IOException {
        var file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
