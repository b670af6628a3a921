package dev.safecoder.sandbox.bubblewrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.sandbox.WorkspaceMount;
import dev.safecoder.sandbox.bubblewrap.ControlGroup.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaunchTest {
    private static final String ENTER =
            """
            ulimit -f "$1" && ulimit -c 0 || exit 71
            shift
            while [ "$1" != -- ]; do echo 0 > "$1" || exit 71; shift; done
            shift
            exec "$@"\
            """;
    private static final String SHOW =
            """
            place=$1
            shift
            mount -t tmpfs -o mode=755,size=1m safe-coder "$place" || exit 72
            while [ "$1" != -- ]; do
              mkdir "$place/$2" && mount --rbind "$1" "$place/$2" || exit 72
              shift 2
            done
            shift
            exec "$@"\
            """;
    private static final String LIMIT =
            """
            ulimit -d "$1" && { ulimit -u "$2" 2>/dev/null || ulimit -p "$2"; } || exit 71
            shift 2
            exec "$@"\
            """;
    private static final HostPrograms PROGRAMS =
            new HostPrograms(
                    Path.of("/bin/sh"),
                    Path.of("/usr/bin/bwrap"),
                    Path.of("/usr/bin/setpriv"),
                    Path.of("/usr/bin/unshare"));
    private static final ControlGroup GROUP =
            new ControlGroup(
                    List.of(),
                    List.of(Path.of("/cg/memory/x"), Path.of("/cg/pids/x")),
                    Version.ONE);
    private static final ControlGroup SCOPE =
            new ControlGroup(
                    List.of("/usr/bin/systemd-run", "--scope", "--"), List.of(), Version.TWO);
    private static final ControlGroup NONE = new ControlGroup(List.of(), List.of(), Version.TWO);

    @Test
    void the_control_groups_are_entered_before_bubblewrap_starts() {
        assertThat(launch(Scenes.HOST, GROUP))
                .isEqualTo(
                        joined(
                                List.of("/bin/sh", "-c", ENTER, "sh", "2097152"),
                                List.of("/cg/memory/x/tasks", "/cg/pids/x/tasks"),
                                List.of("--", "/usr/bin/bwrap"),
                                bubblewrap()));
    }

    @Test
    void a_scope_is_made_around_everything() {
        assertThat(launch(Scenes.HOST, SCOPE))
                .isEqualTo(
                        joined(
                                List.of("/usr/bin/systemd-run", "--scope", "--"),
                                List.of("/bin/sh", "-c", ENTER, "sh", "2097152"),
                                List.of("--", "/usr/bin/bwrap"),
                                bubblewrap()));
    }

    @Test
    void without_a_control_group_each_process_is_limited() {
        var arguments = bubblewrap();
        int guest = arguments.indexOf("/.safe-coder/guest");

        assertThat(launch(Scenes.HOST, NONE))
                .isEqualTo(
                        joined(
                                List.of("/bin/sh", "-c", ENTER, "sh", "2097152"),
                                List.of("--", "/usr/bin/bwrap"),
                                arguments.subList(0, guest),
                                List.of("/bin/sh", "-c", LIMIT, "sh", "262144", "128"),
                                arguments.subList(guest, arguments.size())));
    }

    @Test
    void root_shows_the_folders_to_the_owner_and_then_becomes_the_owner() {
        assertThat(launch(Scenes.host(0, 0), GROUP))
                .isEqualTo(
                        joined(
                                List.of("/bin/sh", "-c", ENTER, "sh", "2097152"),
                                List.of("/cg/memory/x/tasks", "/cg/pids/x/tasks"),
                                List.of("--", "/usr/bin/unshare", "--mount"),
                                List.of("--propagation", "private", "--"),
                                List.of("/bin/sh", "-c", SHOW, "sh", "/sys"),
                                List.of("/state/scratch/etc", "etc"),
                                List.of("/state/guest/hash/x86_64", "guest"),
                                List.of("/home/u/project", "project"),
                                List.of("/state/session", "layers", "--"),
                                List.of("/usr/bin/setpriv", "--reuid=1000", "--regid=1001"),
                                List.of("--clear-groups", "--", "/usr/bin/bwrap"),
                                BubblewrapArguments.of(
                                        Scenes.spec(Scenes.OVERLAY),
                                        Scenes.host(0, 0),
                                        new Sources(
                                                Path.of("/sys/etc"),
                                                Path.of("/sys/guest"),
                                                new WorkspaceMount.Overlay(
                                                        Path.of("/sys/project"),
                                                        Path.of("/sys/layers/upper"),
                                                        Path.of("/sys/layers/work"))))));
    }

    private static List<String> launch(HostSystem host, ControlGroup group) {
        return Launch.of(Scenes.spec(Scenes.OVERLAY), host, PROGRAMS, group);
    }

    private static List<String> bubblewrap() {
        var spec = Scenes.spec(Scenes.OVERLAY);
        return BubblewrapArguments.of(spec, Scenes.HOST, Sources.of(spec, Scenes.HOST));
    }

    @SafeVarargs
    private static List<String> joined(List<String>... parts) {
        var all = new ArrayList<String>();
        for (var part : parts) {
            all.addAll(part);
        }
        return all;
    }
}
