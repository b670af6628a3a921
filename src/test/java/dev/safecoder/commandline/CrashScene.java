package dev.safecoder.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.threat.HostTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A project and a session with fifty changes to it, made by the program in its sandbox, which can
 * be put back to where an action of the user's begins. Used by one thread.
 */
final class CrashScene {
    /** What is cut off. */
    enum Action {
        APPLY,
        UNDO,
        /** The start after an apply was killed among its renames. */
        RECOVERY_OF_A_HALF,
        /** The start after an apply was killed while it prepared. */
        RECOVERY_OF_A_BEGINNING,
        /** The start after an apply was killed while it tidied up. */
        RECOVERY_OF_AN_END;

        boolean isRecovery() {
            return this != APPLY && this != UNDO;
        }
    }

    private final Path folder;
    private final SafeCoder program;
    private final String session;

    private CrashScene(Path folder, SafeCoder program, String session) {
        this.folder = folder;
        this.program = program;
        this.session = session;
    }

    /** Lets a session run; {@link Action#APPLY} can begin. */
    static CrashScene set(Path folder) throws IOException, InterruptedException {
        var program = new SafeCoder(folder);
        var project = Files.createDirectory(folder.resolve("project"));
        shell(project, "before.sh");
        var model = new Script().turn("I change it.").bash(text("changes.sh")).turn("Done.");
        var ran =
                program.run(
                        "run",
                        "-C",
                        project.toString(),
                        "--model",
                        model.saveIn(folder),
                        "--backend",
                        "bubblewrap",
                        "--apply",
                        "never",
                        "-p",
                        "Change it.");
        assertThat(ran.code()).as(ran.err()).isZero();
        shell(project, "user.sh");
        try (var sessions = Files.list(program.state().resolve("sessions"))) {
            var id = sessions.findFirst().orElseThrow().getFileName().toString();
            var scene = new CrashScene(folder, program, id);
            scene.keep(Action.APPLY);
            return scene;
        }
    }

    /** Fails where processes cannot be killed at single system calls. */
    static void requireStrace() throws IOException, InterruptedException {
        try {
            var tried = new ProcessBuilder("strace", "-o", "/dev/null", "true").inheritIO().start();
            assertThat(tried.waitFor())
                    .as("strace may not trace processes here, which the crash matrix needs")
                    .isZero();
        } catch (IOException missing) {
            throw new AssertionError(
                    "the crash matrix needs strace, which scripts/verify installs", missing);
        }
    }

    /** What the project holds once these scripts have run in an empty folder. */
    static Map<String, String> treeOf(Path folder, String... scripts)
            throws IOException, InterruptedException {
        Files.createDirectory(folder);
        for (var script : scripts) {
            shell(folder, script);
        }
        return tree(folder);
    }

    private static String text(String script) throws IOException {
        try (InputStream content = CrashScene.class.getResourceAsStream("/crash/" + script)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void shell(Path folder, String script) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder("sh", "-c", text(script))
                        .directory(folder.toFile())
                        .inheritIO()
                        .start();
        assertThat(process.waitFor()).as(script).isZero();
    }

    /** Each path with its kind, permissions, and content. */
    private static Map<String, String> tree(Path folder) throws IOException {
        var tree = new TreeMap<>(HostTree.of(folder));
        for (var entry : tree.entrySet()) {
            var path = folder.resolve(entry.getKey());
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                var rights = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
                entry.setValue("folder " + rights);
            }
        }
        return tree;
    }

    Map<String, String> tree() throws IOException {
        return tree(folder.resolve("project"));
    }

    /** The folders whose files count. */
    List<String> places() {
        return List.of(folder.resolve("project").toString(), program.state().toString());
    }

    /** Whether it is known where the action begins. */
    boolean isKept(Action action) {
        return Files.exists(folder.resolve("at-" + action));
    }

    /** Remembers the present as where an action begins. */
    void keep(Action action) throws IOException, InterruptedException {
        var kept = Files.createDirectory(folder.resolve("at-" + action));
        copy(folder.resolve("project"), kept);
        copy(program.state(), kept);
    }

    /** Puts everything back to where an action begins. */
    void restore(Action action) throws IOException, InterruptedException {
        var kept = folder.resolve("at-" + action);
        run("rm", "-rf", folder.resolve("project").toString(), program.state().toString());
        copy(kept.resolve("project"), folder);
        copy(kept.resolve("state"), folder);
    }

    private static void copy(Path from, Path into) throws IOException, InterruptedException {
        run("cp", "-a", from.toString(), into.toString());
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    void editAfterTheCrash() throws IOException, InterruptedException {
        shell(folder.resolve("project"), "later.sh");
    }

    SafeCoder.Finished apply() throws IOException, InterruptedException {
        return program.run(words(Action.APPLY));
    }

    SafeCoder.Finished undo() throws IOException, InterruptedException {
        return program.run(words(Action.UNDO));
    }

    /** The next command, which finishes what was cut off. */
    SafeCoder.Finished next() throws IOException, InterruptedException {
        return program.run("ls");
    }

    private List<String> words(Action action) {
        return switch (action) {
            case APPLY -> List.of("apply", "--flagged", session);
            case UNDO -> List.of("undo", session);
            case RECOVERY_OF_A_HALF, RECOVERY_OF_A_BEGINNING, RECOVERY_OF_AN_END -> List.of("ls");
        };
    }

    /** The words that start the action. */
    List<String> command(Action action) throws IOException {
        return program.command(words(action));
    }

    /** The words that make the same changes without any care. */
    List<String> naiveCommand() throws IOException {
        return List.of("sh", "-c", "cd project\n" + text("changes.sh"));
    }

    /** Which calls the command makes that change the project or the state folder. */
    List<SystemCall> calls(List<String> command) throws IOException, InterruptedException {
        var finished = program.launch(SystemFault.watch(log(), command)).finish();
        assertThat(finished.code()).as(finished.err()).isZero();
        return SystemCall.in(lines(), places());
    }

    /** Runs the command and lets the fault happen to it. */
    Struck strike(SystemFault fault, List<String> command)
            throws IOException, InterruptedException {
        var finished = program.launch(fault.strike(log(), command)).finish();
        var lines = lines();
        boolean hit =
                switch (fault.kind()) {
                    case KILL -> SystemCall.isKilled(lines);
                    case ENOSPC, EIO, EROFS -> SystemCall.isInjected(lines, places());
                };
        return new Struck(finished, hit);
    }

    /**
     * A command to which a fault was to happen.
     *
     * @param hit whether it did; a run may make a call more or less than the one before
     */
    record Struck(SafeCoder.Finished finished, boolean hit) {}

    private Path log() {
        return folder.resolve("strace.log");
    }

    private List<String> lines() throws IOException {
        return new ArrayList<>(Files.readAllLines(log(), StandardCharsets.ISO_8859_1));
    }
}
