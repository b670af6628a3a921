package dev.safecoder.sandbox.bubblewrap;

import dev.safecoder.process.HostCommand;
import dev.safecoder.process.ProgramEnd;
import dev.safecoder.process.Subprocess;
import dev.safecoder.sandbox.Availability;
import dev.safecoder.sandbox.Backend.MountSupport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Builds the smallest sandboxes that show what works here; nothing of them is left. */
final class Probe {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int MOST_OUTPUT_BYTES = 4096;

    private static final String HAS_OVERLAY = "overlay";

    /** Mounts an overlay of three empty folders, and says so where it can. */
    private static final String SCRIPT =
            "mkdir /tmp/l /tmp/u /tmp/w && mount -t overlay -o"
                    + " lowerdir=/tmp/l,upperdir=/tmp/u,workdir=/tmp/w,userxattr probe /tmp/l"
                    + " && echo %s; exit 0".formatted(HAS_OVERLAY);

    private final Path root;
    private final Path bubblewrap;
    private final HostSystem host;

    Probe(Path root, Path bubblewrap, HostSystem host) {
        this.root = root;
        this.bubblewrap = bubblewrap;
        this.host = host;
    }

    /** What one look has shown; the mounts count only where it is usable. */
    record Seen(Availability availability, MountSupport mounts) {
        static Seen unusable(Availability.Unusable why) {
            return new Seen(why, MountSupport.FOLDER);
        }
    }

    Seen look() throws InterruptedException {
        var version = run(List.of("--version"));
        if (!(version instanceof ProgramEnd.Exited(int versionCode, var name, _))
                || versionCode != 0) {
            return Seen.unusable(Trouble.didNotAnswer(bubblewrap));
        }
        return switch (run(smallest(List.of("/bin/sh", "-c", SCRIPT)))) {
            case ProgramEnd.Exited(int code, var out, _) when code == 0 ->
                    new Seen(
                            new Availability.Usable(name.text().strip()),
                            out.text().strip().equals(HAS_OVERLAY)
                                    ? MountSupport.OVERLAY_AND_FOLDER
                                    : MountSupport.FOLDER);
            case ProgramEnd.Exited(_, _, var err) -> Seen.unusable(Trouble.of(err.text(), root));
            case ProgramEnd.TimedOut _, ProgramEnd.NotStarted _ ->
                    Seen.unusable(Trouble.didNotAnswer(bubblewrap));
        };
    }

    /** The namespaces and the kinds of mounts that every sandbox has. */
    private List<String> smallest(List<String> command) {
        var arguments = new ArrayList<>(BubblewrapArguments.NAMESPACES);
        arguments.addAll(List.of("--uid", "0", "--gid", "0", "--cap-drop", "ALL"));
        arguments.addAll(List.of("--cap-add", "CAP_SYS_ADMIN", "--cap-add", "CAP_DAC_OVERRIDE"));
        host.folders().forEach(part -> arguments.addAll(BubblewrapArguments.shown(part)));
        arguments.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--perms", "0700"));
        arguments.addAll(List.of("--size", "1048576", "--tmpfs", "/tmp", "--"));
        arguments.addAll(command);
        return arguments;
    }

    private ProgramEnd run(List<String> arguments) throws InterruptedException {
        var environment = Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL", "C");
        var command = new HostCommand(bubblewrap, arguments, environment, Path.of("/"));
        return Subprocess.run(command, LIMIT, MOST_OUTPUT_BYTES);
    }
}
