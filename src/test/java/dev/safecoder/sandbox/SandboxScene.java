package dev.safecoder.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.guest.Command;
import dev.safecoder.guest.CommandEnd;
import dev.safecoder.guest.CommandOutput;
import dev.safecoder.guest.Entry;
import dev.safecoder.guest.GuestPrograms;
import dev.safecoder.guest.ScanAnswer;
import dev.safecoder.guest.ScanRequest;
import dev.safecoder.guest.ScanRequest.Extent;
import dev.safecoder.guest.WriteAnswer;
import dev.safecoder.guest.WriteRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** A small project on the host, and a sandbox of one backend around it. */
public abstract class SandboxScene {
    /** Properties with such names are handed on to processes that a test starts. */
    protected static final String PROPERTIES = "safecoder.test.";

    protected static final String HOST = "contract-test";
    protected static final Limits LIMITS = new Limits(1.0, 256L << 20, 128, 1L << 30);
    protected static final Map<String, String> ENVIRONMENT =
            Map.of("HOME", "/home/agent", "PATH", "/usr/local/bin:/usr/bin:/bin");
    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(60);

    /** How the project comes to a sandbox in a test. */
    public enum Kind {
        OVERLAY,
        FOLDER,
        STREAMED
    }

    /** How a command ended and what it wrote. */
    public record Result(CommandEnd end, String out, String err) {
        static Result exited(int code, String out) {
            return new Result(new CommandEnd.Exited(code, 0), out, "");
        }
    }

    /** The backend under test, whose state folder is {@code state} in the folder. */
    protected abstract Backend backend(Path folder) throws Exception;

    /** What it can mount here; the first one is used where the kind does not matter. */
    protected abstract List<Kind> workspaces();

    /** As whom everything inside runs. */
    protected int uid() {
        return 0;
    }

    protected final Sandbox start(Path folder) throws Exception {
        return start(folder, workspaces().getFirst(), LIMITS);
    }

    protected final Sandbox start(Path folder, StartListener listener) throws Exception {
        makeProject(folder);
        return backend(folder).start(spec(folder, workspaces().getFirst(), LIMITS), listener);
    }

    protected final Sandbox start(Path folder, Kind kind, Limits limits) throws Exception {
        makeProject(folder);
        var sandbox = backend(folder).start(spec(folder, kind, limits), line -> {});
        if (kind == Kind.STREAMED) {
            write(sandbox, "a.txt", "one\n");
            write(sandbox, "folder/b.txt", "bee\n");
        }
        return sandbox;
    }

    protected final SandboxSpec spec(Path folder, Kind kind, Limits limits) throws Exception {
        return spec(folder, mount(folder, kind), limits);
    }

    protected final SandboxSpec spec(Path folder, WorkspaceMount mount, Limits limits)
            throws Exception {
        var state = folder.resolve("state");
        return new SandboxSpec(
                "safe-coder-" + UUID.randomUUID().toString().replace("-", ""),
                "session-of-a-test",
                SandboxSpec.Owner.self(HOST),
                state,
                Files.createDirectories(folder.resolve("scratch-" + UUID.randomUUID())),
                GuestPrograms.install(state),
                mount,
                uid(),
                uid(),
                limits,
                SandboxSpec.Network.NONE);
    }

    protected final WorkspaceMount mount(Path folder, Kind kind) throws IOException {
        return switch (kind) {
            case OVERLAY ->
                    new WorkspaceMount.Overlay(
                            project(folder), owned(folder, "upper"), owned(folder, "work"));
            case FOLDER -> {
                var copy = owned(folder, "copy");
                Files.writeString(copy.resolve("a.txt"), "one\n");
                Files.createDirectories(copy.resolve("folder"));
                Files.writeString(copy.resolve("folder/b.txt"), "bee\n");
                own(copy);
                yield new WorkspaceMount.Folder(copy);
            }
            case STREAMED -> new WorkspaceMount.Streamed();
        };
    }

    protected static Path project(Path folder) {
        return folder.resolve("project");
    }

    protected final void makeProject(Path folder) throws IOException {
        var project = owned(folder, "project");
        Files.writeString(project.resolve("a.txt"), "one\n");
        Files.createDirectories(project.resolve("folder"));
        Files.writeString(project.resolve("folder/b.txt"), "bee\n");
        own(project);
    }

    private Path owned(Path folder, String name) throws IOException {
        var made = Files.createDirectories(folder.resolve(name));
        own(made);
        return made;
    }

    private void own(Path tree) throws IOException {
        if (uid() == (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid")) {
            return; // made by us, so ours already
        }
        try (var paths = Files.walk(tree)) {
            for (var path : paths.toList()) {
                Files.setAttribute(path, "unix:uid", uid());
                Files.setAttribute(path, "unix:gid", uid());
            }
        }
    }

    protected static Map<String, String> scan(Sandbox sandbox, Extent extent) throws Exception {
        var seen = new TreeMap<String, String>();
        var request = new ScanRequest(extent, 1 << 20, 1 << 24, 1000, 100);
        var answer =
                sandbox.guest()
                        .scan(
                                request,
                                (entry, content) -> {
                                    if (entry.kind() != Entry.Kind.FOLDER) {
                                        var text =
                                                new String(
                                                        content.readAllBytes(),
                                                        StandardCharsets.UTF_8);
                                        seen.put(
                                                new String(entry.path(), StandardCharsets.UTF_8),
                                                entry.kind() + " " + text);
                                    }
                                });
        assertThat(answer).isInstanceOf(ScanAnswer.Scanned.class);
        return seen;
    }

    private static void write(Sandbox sandbox, String path, String content) throws Exception {
        var bytes = content.getBytes(StandardCharsets.UTF_8);
        var name = path.getBytes(StandardCharsets.UTF_8);
        assertThat(
                        sandbox.guest()
                                .write(
                                        WriteRequest.file(name, bytes.length),
                                        new ByteArrayInputStream(bytes)))
                .isEqualTo(new WriteAnswer.Written());
    }

    protected static Command command(String... arguments) {
        return Command.of(List.of(arguments), ENVIRONMENT, "/workspace").within(COMMAND_LIMIT);
    }

    protected static Result sh(Sandbox sandbox, String script) throws InterruptedException {
        return run(sandbox, command("sh", "-c", script));
    }

    /** Runs a check of the wall; its last line is {@code held} when the wall holds. */
    protected static String check(Sandbox sandbox, WallCheck check, Map<String, String> facts)
            throws InterruptedException {
        var environment = new HashMap<>(ENVIRONMENT);
        environment.putAll(facts);
        var result =
                run(
                        sandbox,
                        Command.of(
                                        List.of("python3", "-c", check.script()),
                                        environment,
                                        "/workspace")
                                .within(COMMAND_LIMIT));
        return result.out() + result.err();
    }

    protected static Result run(Sandbox sandbox, Command command) throws InterruptedException {
        var output = new Taken();
        var end = sandbox.guest().run(command, output);
        return new Result(end, output.out(), output.err());
    }

    /** Every file of a tree with its content and time, to be compared before and after. */
    protected static Map<String, String> snapshot(Path tree) throws IOException {
        var found = new TreeMap<String, String>();
        Files.walkFileTree(
                tree,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes seen)
                            throws IOException {
                        found.put(
                                tree.relativize(file).toString(),
                                seen.lastModifiedTime() + Files.readString(file));
                        return FileVisitResult.CONTINUE;
                    }
                });
        return found;
    }

    /** Keeps all that a command writes. */
    protected static final class Taken implements CommandOutput {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();

        public Taken() {}

        @Override
        public void out(byte[] bytes) {
            out.writeBytes(bytes);
        }

        @Override
        public void err(byte[] bytes) {
            err.writeBytes(bytes);
        }

        public String out() {
            return out.toString(StandardCharsets.UTF_8);
        }

        public String err() {
            return err.toString(StandardCharsets.UTF_8);
        }
    }
}
