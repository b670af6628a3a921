package dev.safecoder.sandbox.container;

import static dev.safecoder.threat.ThreatCase.D6;
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.sandbox.MountPoint;
import dev.safecoder.threat.NegativeControl;
import dev.safecoder.threat.Threat;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MountAuditTest {
    private static final Set<String> TMPFS = Set.of("/tmp", "/run");
    private static final List<MountPoint> OURS =
            List.of(
                    mount("/", "/", "ro", "overlay"),
                    mount("/", "/proc", "rw", "proc"),
                    mount("/null", "/proc/keys", "rw", "tmpfs"),
                    mount("/sys", "/proc/sys", "ro", "proc"),
                    mount("/", "/dev", "rw", "tmpfs"),
                    mount("/", "/dev/pts", "rw", "devpts"),
                    mount("/", "/sys", "ro", "sysfs"),
                    mount("/", "/sys/fs/cgroup", "rw", "tmpfs"),
                    mount("/docker/x", "/sys/fs/cgroup/pids", "ro", "cgroup"),
                    mount("/", "/tmp", "rw", "tmpfs"),
                    mount("/guest", "/.safe-coder", "ro", "ext4"),
                    mount("/hosts", "/etc/hosts", "ro", "ext4"),
                    mount("/", "/workspace", "rw", "overlay"));

    private static MountPoint mount(String root, String path, String access, String type) {
        return new MountPoint(root, path, List.of(access, "relatime"), type, "rw");
    }

    @Test
    @Threat(D6)
    void what_a_container_of_ours_sees_is_all_known() {
        assertThat(MountAudit.findings(OURS, TMPFS)).isEmpty();
    }

    @ParameterizedTest
    @NegativeControl(D6)
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "/, /, rw, overlay, '/' is writable",
                "/, /sys, rw, sysfs, '/sys' is writable",
                "/x, /.safe-coder, rw, ext4, '/.safe-coder' is writable",
                "/home, /home, ro, ext4, ext4 is mounted at '/home'",
                "/, /var/run, rw, tmpfs, tmpfs is mounted at '/var/run'",
                "/docker.sock, /run/docker.sock, rw, tmpfs, tmpfs is mounted at '/run/docker.sock'",
                "/, /sys/kernel/debug, rw, debugfs, debugfs is mounted at '/sys/kernel/debug'",
                "/pids, /sys/fs/cgroup/pids, rw, cgroup, '/sys/fs/cgroup/pids' is writable"
            })
    void a_mount_beyond_them_is_named(
            String root, String path, String access, String type, String finding) {
        var more = new ArrayList<>(OURS);
        more.add(mount(root, path, access, type));
        assertThat(MountAudit.findings(more, TMPFS)).containsExactly(finding);
    }

    @Test
    void a_workspace_that_is_no_mount_is_named() {
        assertThat(MountAudit.findings(OURS.subList(0, 5), TMPFS))
                .containsExactly("nothing is mounted at '/workspace'");
    }

    @Test
    void what_podmans_overlay_lacks_is_said() {
        assertThat(MountAudit.workspaceOptions(OURS)).contains("without nosuid and nodev");
    }
}
