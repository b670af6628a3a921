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

    /** Mounts an overlay of three empty folders. */
    private static final String OVERLAY =
            "mkdir /tmp/l /tmp/u /tmp/w && exec mount -t overlay"
                    + " -o lowerdir=/tmp/l,upperdir=/tmp/u,workdir=/tmp/w,userxattr probe /tmp/l";

    private final Path root;
    private final Path bubblewrap;
    private final HostSystem host;

    Probe(Path root, Path bubblewrap, HostSystem host) {
        this.root = root;
        this.bubblewrap = bubblewrap;
        this.host = host;
    }

    Availability availability() throws InterruptedException {
        var version = run(List.of("--version"));
        if (!(version instanceof ProgramEnd.Exited(int versionCode, var name, _))
                || versionCode != 0) {
            return Trouble.didNotAnswer(bubblewrap);
        }
        return switch (run(smallest(List.of("/bin/sh", "-c", ":")))) {
            case ProgramEnd.Exited(int code, _, _) when code == 0 ->
                    new Availability.Usable(name.text().strip());
            case ProgramEnd.Exited(_, _, var err) -> Trouble.of(err.text(), root);
            case ProgramEnd.TimedOut _, ProgramEnd.NotStarted _ -> Trouble.didNotAnswer(bubblewrap);
        };
    }

    MountSupport mountSupport() throws InterruptedException {
        var end = run(smallest(List.of("/bin/sh", "-c", OVERLAY)));
        return end instanceof ProgramEnd.Exited(int code, _, _) && code == 0
                ? MountSupport.OVERLAY_AND_FOLDER
                : MountSupport.FOLDER;
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
