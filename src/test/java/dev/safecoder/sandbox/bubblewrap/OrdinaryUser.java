package dev.safecoder.sandbox.bubblewrap;

import dev.safecoder.guest.Command;
import dev.safecoder.guest.CommandOutput;
import dev.safecoder.guest.GuestPrograms;
import dev.safecoder.process.ProgramPath;
import dev.safecoder.sandbox.Availability;
import dev.safecoder.sandbox.Limits;
import dev.safecoder.sandbox.SandboxSpec;
import dev.safecoder.sandbox.WorkspaceMount;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A user without any privilege who runs one command in a sandbox; prints what came of it. */
final class OrdinaryUser {
    private OrdinaryUser() {}

    /** Arguments: a folder of the user's, {@code overlay} or {@code folder}, a shell script. */
    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        var programs = ProgramPath.of("/usr/bin:/bin", List.of());
        var backend = BubblewrapBackend.of("here", programs, Map.of());
        int uid = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        int gid = (int) Files.getAttribute(Path.of("/proc/self"), "unix:gid");
        if (backend.availability() instanceof Availability.Usable) {
            System.out.println("usable");
        }
        System.out.println("mounts " + backend.mountSupport());
        var spec =
                new SandboxSpec(
                        "safe-coder-ordinary",
                        "session",
                        SandboxSpec.Owner.self("here"),
                        folder.resolve("state"),
                        Files.createDirectories(folder.resolve("scratch")),
                        GuestPrograms.install(folder.resolve("state")),
                        mount(arguments[1], folder),
                        uid,
                        gid,
                        new Limits(1, 256L << 20, 64, 1L << 30),
                        SandboxSpec.Network.NONE);
        var environment = Map.of("HOME", "/home/agent", "PATH", "/usr/local/bin:/usr/bin:/bin");
        try (var sandbox = backend.start(spec, line -> {})) {
            for (var guarantee : sandbox.inspect()) {
                System.out.println(guarantee.name() + " " + guarantee.level());
            }
            var shell = List.of("sh", "-c", arguments[2]);
            var command = Command.of(shell, environment, "/workspace");
            var end = sandbox.guest().run(command.within(Duration.ofSeconds(30)), new Printed());
            System.out.println(end);
        }
        System.out.println("scratch left: " + Files.exists(folder.resolve("scratch")));
    }

    private static WorkspaceMount mount(String kind, Path folder) throws Exception {
        var project = Files.createDirectories(folder.resolve("project"));
        Files.writeString(project.resolve("a.txt"), "one\n");
        if (kind.equals("folder")) {
            return new WorkspaceMount.Folder(project);
        }
        return new WorkspaceMount.Overlay(
                project,
                Files.createDirectories(folder.resolve("session/upper")),
                Files.createDirectories(folder.resolve("session/work")));
    }

    private static final class Printed implements CommandOutput {
        @Override
        public void out(byte[] bytes) {
            System.out.print(new String(bytes, StandardCharsets.UTF_8));
        }

        @Override
        public void err(byte[] bytes) {
            out(bytes);
        }
    }
}
