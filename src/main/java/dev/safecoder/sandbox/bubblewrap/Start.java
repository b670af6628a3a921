package dev.safecoder.sandbox.bubblewrap;

import dev.safecoder.guest.GuestClient;
import dev.safecoder.guest.GuestException;
import dev.safecoder.process.HostCommand;
import dev.safecoder.process.RunningProgram;
import dev.safecoder.sandbox.BackendName;
import dev.safecoder.sandbox.SandboxException;
import dev.safecoder.sandbox.SandboxSpec;
import dev.safecoder.sandbox.WorkspaceMount;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings a sandbox up, or leaves nothing of it. */
final class Start {
    private static final Duration GREETING_LIMIT = Duration.ofSeconds(10);

    private Start() {}

    static BubblewrapSandbox sandbox(
            SandboxSpec spec,
            HostSystem host,
            List<String> launch,
            ControlGroup group,
            Map<String, String> ours)
            throws IOException, InterruptedException {
        var record = Leftovers.in(spec.stateFolder()).record(spec, group);
        try {
            EtcFolder.write(spec.scratch().resolve("etc"), host, spec.uid(), spec.gid());
            group.make(spec.limits());
            var program = RunningProgram.start(command(launch, ours));
            return greet(spec, program, record);
        } catch (IOException | InterruptedException | SandboxException e) {
            record.clear();
            throw e;
        }
    }

    private static BubblewrapSandbox greet(
            SandboxSpec spec, RunningProgram program, Leftovers.Record record)
            throws InterruptedException {
        try {
            var guest = GuestClient.connect(new BubblewrapStream(program), GREETING_LIMIT);
            return new BubblewrapSandbox(spec.name(), program, guest, record);
        } catch (GuestException e) {
            throw SandboxException.cannotStart(
                    BackendName.BUBBLEWRAP, program.lastWords(), remedy(spec), e);
        }
    }

    private static String remedy(SandboxSpec spec) {
        return spec.workspace() instanceof WorkspaceMount.Overlay
                ? "use `--workspace copy`, or run `safe-coder doctor`"
                : "run `safe-coder doctor`, or choose another backend with --backend";
    }

    /** The way to systemd's bus is all that a step before bubblewrap may need of our own. */
    private static HostCommand command(List<String> launch, Map<String, String> ours) {
        var environment = new LinkedHashMap<String, String>();
        environment.put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        environment.put("LC_ALL", "C");
        for (var name : List.of("XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS")) {
            if (ours.containsKey(name)) {
                environment.put(name, String.valueOf(ours.get(name)));
            }
        }
        return new HostCommand(
                Path.of(launch.getFirst()),
                launch.subList(1, launch.size()),
                environment,
                Path.of("/"));
    }
}
