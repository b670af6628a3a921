package dev.safecoder.sandbox.bubblewrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.safecoder.sandbox.SandboxSpec;
import dev.safecoder.sandbox.WorkspaceMount;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BubblewrapArgumentsTest {
    private static final String BEFORE_THE_USER =
            """
            --unshare-user --unshare-pid --unshare-net --unshare-ipc --unshare-uts --unshare-cgroup
            --die-with-parent --new-session --as-pid-1
            --hostname safe-coder
            --clearenv --setenv PATH /usr/local/bin:/usr/bin:/bin
            --cap-drop ALL
            """;
    private static final String BEFORE_THE_WORKSPACE =
            """
            --ro-bind /usr /usr
            --symlink usr/bin /bin
            --ro-bind /state/scratch/etc /etc
            --ro-bind /etc/ssl/certs /etc/ssl/certs
            --proc /proc
            --ro-bind /dev/null /proc/keys
            --tmpfs /proc/scsi --remount-ro /proc/scsi
            --dev /dev
            --perms 1777 --size 67108864 --tmpfs /dev/shm
            --remount-ro /dev
            --perms 1777 --size 134217728 --tmpfs /tmp
            --dir /home --dir /var
            --perms 0700 --size 134217728 --tmpfs /home/agent
            --symlink ../tmp /var/tmp
            --ro-bind /state/guest/hash/x86_64 /.safe-coder
            """;

    @Test
    void an_overlay_is_mounted_by_the_guest_which_then_becomes_the_owner() {
        assertThat(arguments(Scenes.OVERLAY))
                .isEqualTo(
                        words(
                                BEFORE_THE_USER
                                        + """
                                        --uid 0 --gid 0
                                        --cap-add CAP_SYS_ADMIN --cap-add CAP_DAC_OVERRIDE
                                        --cap-add CAP_SETPCAP --cap-add CAP_SETFCAP
                                        """
                                        + BEFORE_THE_WORKSPACE
                                        + """
                                        --dir /workspace
                                        --ro-bind /home/u/project /.safe-coder-layers/lower
                                        --bind /state/session /.safe-coder-layers/session
                                        --remount-ro / --chdir /
                                        -- /.safe-coder/guest --root /workspace
                                        --mount-overlay /.safe-coder-layers/lower
                                        /.safe-coder-layers/session/upper
                                        /.safe-coder-layers/session/work
                                        --detach /.safe-coder-layers/lower
                                        --detach /.safe-coder-layers/session
                                        --become 1000 1001 --disk 1073741824 --drop
                                        """));
    }

    @Test
    void a_folder_is_bound_and_no_capability_is_ever_there() {
        assertThat(arguments(new WorkspaceMount.Folder(Path.of("/state/session/copy"))))
                .isEqualTo(
                        words(
                                BEFORE_THE_USER
                                        + "--uid 1000 --gid 1001 "
                                        + BEFORE_THE_WORKSPACE
                                        + """
                                        --bind /state/session/copy /workspace
                                        --remount-ro / --chdir /
                                        -- /.safe-coder/guest --root /workspace
                                        --disk 1073741824 --drop
                                        """));
    }

    @Test
    void a_streamed_workspace_is_a_sized_file_system_in_memory() {
        assertThat(arguments(new WorkspaceMount.Streamed()))
                .isEqualTo(
                        words(
                                BEFORE_THE_USER
                                        + "--uid 1000 --gid 1001 "
                                        + BEFORE_THE_WORKSPACE
                                        + """
                                        --perms 0755 --size 268435456 --tmpfs /workspace
                                        --remount-ro / --chdir /
                                        -- /.safe-coder/guest --root /workspace --drop
                                        """));
    }

    @Test
    void from_root_more_of_the_kernel_is_hidden_and_its_switches_are_read_only() {
        var spec = Scenes.spec(Scenes.OVERLAY, SandboxSpec.Network.NONE, 0, 0);
        var host = Scenes.host(0, 0);

        assertThat(BubblewrapArguments.of(spec, host, Sources.of(spec, host)))
                .containsSequence(
                        words(
                                """
                                --tmpfs /proc/scsi --remount-ro /proc/scsi
                                --ro-bind /dev/null /proc/kcore
                                --ro-bind /proc/sys /proc/sys
                                --dev /dev
                                """));
    }

    @Test
    void a_hostile_path_stays_one_argument_in_its_place() {
        var hostile = Path.of("/home/u/--bind / \n'$(x)ü");

        assertThat(arguments(new WorkspaceMount.Folder(hostile)))
                .containsSequence("--bind", hostile.toString(), "/workspace", "--remount-ro", "/");
    }

    @Test
    void layers_that_do_not_lie_side_by_side_are_refused() {
        var apart =
                new WorkspaceMount.Overlay(Path.of("/p"), Path.of("/a/upper"), Path.of("/b/work"));

        assertThatThrownBy(() -> arguments(apart))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'/a/upper' and '/b/work' must lie side by side");
    }

    private static List<String> arguments(WorkspaceMount workspace) {
        var spec = Scenes.spec(workspace);
        return BubblewrapArguments.of(spec, Scenes.HOST, Sources.of(spec, Scenes.HOST));
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.strip().split("\\s+"));
    }
}
