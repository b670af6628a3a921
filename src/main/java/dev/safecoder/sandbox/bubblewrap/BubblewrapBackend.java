package dev.safecoder.sandbox.bubblewrap;

import dev.safecoder.process.ProgramPath;
import dev.safecoder.sandbox.Availability;
import dev.safecoder.sandbox.Backend;
import dev.safecoder.sandbox.BackendName;
import dev.safecoder.sandbox.Sandbox;
import dev.safecoder.sandbox.SandboxException;
import dev.safecoder.sandbox.SandboxSpec;
import dev.safecoder.sandbox.StartListener;
import dev.safecoder.sandbox.WorkspaceMount;
import dev.safecoder.sandbox.bubblewrap.Probe.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The wall that Linux itself offers, through the small program bubblewrap: no engine, no image, the
 * host's own tools read-only inside. It shares the host's kernel, and it limits memory, processes
 * and processor time only where a control group can be had (see {@link Sandbox#inspect()}).
 */
public final class BubblewrapBackend implements Backend {
    private static final Path ROOT = Path.of("/");
    private static final int SETUID = 04000;

    private final String hostName;
    private final ProgramPath programs;
    private final Map<String, String> environment;
    private final AtomicReference<@Nullable Seen> seen = new AtomicReference<>();

    private BubblewrapBackend(
            String hostName, ProgramPath programs, Map<String, String> environment) {
        this.hostName = hostName;
        this.programs = programs;
        this.environment = Map.copyOf(environment);
    }

    /**
     * The backend on this host.
     *
     * @param hostName the name that owners of sandboxes carry here
     * @param programs where {@code bwrap} and the system's basic tools are looked for
     * @param environment the process's own; only systemd's bus is looked up in it, and nothing of
     *     it reaches a sandbox
     */
    public static BubblewrapBackend of(
            String hostName, ProgramPath programs, Map<String, String> environment) {
        return new BubblewrapBackend(hostName, programs, environment);
    }

    @Override
    public BackendName name() {
        return BackendName.BUBBLEWRAP;
    }

    @Override
    public Availability availability() throws InterruptedException {
        var now = look();
        seen.set(now);
        return now.availability();
    }

    private Seen look() throws InterruptedException {
        var system = System.getProperty("os.name");
        if (!system.equals("Linux")) {
            return Seen.unusable(Trouble.notLinux(system));
        }
        var bubblewrap = programs.find("bwrap");
        if (bubblewrap.isEmpty()) {
            return Seen.unusable(Trouble.notInstalled(ROOT));
        }
        try {
            var host = HostSystem.find(ROOT);
            if (host.uid() != 0 && isSetuid(bubblewrap.get())) {
                return Seen.unusable(Trouble.isSetuid(bubblewrap.get()));
            }
            return new Probe(ROOT, bubblewrap.get(), host).look();
        } catch (IOException e) {
            return Seen.unusable(Trouble.unreadable(String.valueOf(e.getMessage())));
        }
    }

    private static boolean isSetuid(Path program) throws IOException {
        int mode = (int) Files.getAttribute(program, "unix:mode");
        return (mode & SETUID) != 0;
    }

    /** As the last {@link #availability()} has seen it, or by a look of its own. */
    @Override
    public MountSupport mountSupport() throws InterruptedException {
        var last = seen.get();
        return (last == null ? look() : last).mounts();
    }

    @Override
    public Sandbox start(SandboxSpec spec, StartListener listener) throws InterruptedException {
        if (spec.network() != SandboxSpec.Network.NONE) {
            throw SandboxException.unenforceable(
                    name(),
                    "a network other than none",
                    "use `network = \"none\"`, or choose docker or podman with --backend");
        }
        checkNames(spec);
        try {
            var host = HostSystem.find(ROOT);
            var place = ControlGroupPlace.find(ROOT, programs, environment, host.uid());
            var group = ControlGroup.plan(place, spec.name(), spec.limits());
            var launch = Launch.of(spec, host, HostPrograms.find(programs, spec, host), group);
            if (!Launch.runsAsUs(spec, host)) {
                openLayers(spec);
            }
            return Start.sandbox(spec, host, launch, group, environment);
        } catch (IOException e) {
            throw SandboxException.cannotStart(
                    name(),
                    String.valueOf(e.getMessage()),
                    "run `safe-coder doctor`, or choose another backend with --backend",
                    e);
        }
    }

    /** The owner must pass through the folder of the layers; those above it stay closed. */
    private static void openLayers(SandboxSpec spec) throws IOException {
        if (spec.workspace() instanceof WorkspaceMount.Overlay overlay) {
            Files.setPosixFilePermissions(
                    Sources.layers(overlay), PosixFilePermissions.fromString("rwx--x--x"));
        }
    }

    /** An argument is text: a name that is none would become another folder's. */
    private static void checkNames(SandboxSpec spec) {
        var sources = new Sources(spec.scratch(), spec.guestFolder(), spec.workspace());
        for (var folder : sources.folders().values()) {
            if (!Path.of(folder.toString()).equals(folder)) {
                throw SandboxException.cannotStart(
                        BackendName.BUBBLEWRAP,
                        "the name of '%s' is no text in this locale".formatted(folder),
                        "rename the folder, or set LC_ALL to a UTF-8 locale",
                        null);
            }
        }
    }

    @Override
    public int reap(Path stateFolder) throws InterruptedException {
        if (!Files.isDirectory(stateFolder, LinkOption.NOFOLLOW_LINKS)) {
            return 0;
        }
        return Leftovers.in(stateFolder).reap(hostName);
    }
}
