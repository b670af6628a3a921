package dev.safecoder.sandbox.bubblewrap;

import dev.safecoder.sandbox.SandboxSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole command line that ends in bubblewrap: a pure function of the spec, the host and the
 * control group. Each step does its part and then becomes the next one, so that nothing of the
 * agent's runs before all of them are done, and the process stays the same one.
 */
final class Launch {
    /**
     * Enters the control groups through the files that are named up to {@code --}, then runs the
     * rest. A zero stands for the writer itself.
     */
    private static final String ENTER =
            """
            ulimit -f "$1" && ulimit -c 0 || exit 71
            shift
            while [ "$1" != -- ]; do echo 0 > "$1" || exit 71; shift; done
            shift
            exec "$@"\
            """;

    /** Shows folders, each followed by its name, in one place that every user can reach. */
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

    /**
     * Limits each process, where no control group limits them together: its writable memory of its
     * own (not its address space, of which a JVM reserves far more than it uses) and their number.
     */
    private static final String LIMIT =
            """
            ulimit -d "$1" && { ulimit -u "$2" 2>/dev/null || ulimit -p "$2"; } || exit 71
            shift 2
            exec "$@"\
            """;

    /** Always there; nothing of ours lies below it, and no later step looks at it. */
    private static final Path SHOWN_IN = Path.of("/sys");

    private static final long BLOCK_BYTES = 512;

    private Launch() {}

    /** The program and all its arguments. */
    static List<String> of(
            SandboxSpec spec, HostSystem host, HostPrograms programs, ControlGroup group) {
        var line = new ArrayList<>(group.prefix());
        enter(line, spec, programs, group);
        var sources = Sources.of(spec, host);
        if (!runsAsUs(spec, host)) {
            show(line, programs, sources);
            become(line, spec, programs);
            sources = sources.shownIn(SHOWN_IN);
        }
        line.add(programs.bubblewrap().toString());
        line.addAll(BubblewrapArguments.of(spec, host, sources));
        if (!isLimited(group)) {
            limit(line, spec, programs);
        }
        return List.copyOf(line);
    }

    /** Whether the owner of the project is the user who runs us. */
    static boolean runsAsUs(SandboxSpec spec, HostSystem host) {
        return spec.uid() == host.uid() && (spec.gid() == host.gid() || host.uid() != 0);
    }

    private static boolean isLimited(ControlGroup group) {
        return !group.prefix().isEmpty() || !group.folders().isEmpty();
    }

    private static void enter(
            List<String> line, SandboxSpec spec, HostPrograms programs, ControlGroup group) {
        var blocks = String.valueOf(spec.limits().diskBytes() / BLOCK_BYTES);
        line.addAll(List.of(programs.shell().toString(), "-c", ENTER, "sh", blocks));
        group.doors().forEach(door -> line.add(door.toString()));
        line.add("--");
    }

    /** The folders above ours are closed to others, so the owner is shown ours elsewhere. */
    private static void show(List<String> line, HostPrograms programs, Sources sources) {
        line.addAll(List.of(programs.unshare().toString(), "--mount", "--propagation", "private"));
        line.addAll(List.of("--", programs.shell().toString(), "-c", SHOW, "sh"));
        line.add(SHOWN_IN.toString());
        sources.folders().forEach((name, folder) -> line.addAll(List.of(folder.toString(), name)));
        line.add("--");
    }

    private static void become(List<String> line, SandboxSpec spec, HostPrograms programs) {
        line.addAll(List.of(programs.setpriv().toString(), "--reuid=" + spec.uid()));
        line.addAll(List.of("--regid=" + spec.gid(), "--clear-groups", "--"));
    }

    /** Puts the limits between bubblewrap and the guest, behind the namespaces' own counting. */
    private static void limit(List<String> line, SandboxSpec spec, HostPrograms programs) {
        int guest = line.lastIndexOf("--") + 1;
        var kibibytes = String.valueOf(spec.limits().memoryBytes() >> 10);
        var pids = String.valueOf(spec.limits().pids());
        line.addAll(guest, List.of("/bin/sh", "-c", LIMIT, "sh", kibibytes, pids));
    }
}
