package dev.safecoder.history;

import static dev.safecoder.threat.ThreatCase.A11;
import static dev.safecoder.threat.ThreatCase.A15;
import static dev.safecoder.threat.ThreatCase.A2;
import static dev.safecoder.threat.ThreatCase.A4;
import static dev.safecoder.threat.ThreatCase.A5;
import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.path.RelativePath;
import dev.safecoder.threat.NegativeControl;
import dev.safecoder.threat.Threat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** THREATS.md A1-A6: no configuration, hook, filter or program of the host is ever reached. */
final class HistoryIsolationTest {
    @TempDir Path folder;
    private Path home;
    private Path programs;
    private Path mark;

    @BeforeEach
    void lay() throws IOException {
        home = Files.createDirectories(folder.resolve("home"));
        programs = Files.createDirectories(folder.resolve("programs"));
        mark = folder.resolve("MARK");
        Files.createDirectories(folder.resolve("tmp"));
        var touch = "/usr/bin/touch '%s'".formatted(mark);
        for (var name : List.of("git", "sh", "bash", "umask", "cygpath", "hostname")) {
            program(programs.resolve(name), touch);
        }
        program(Files.createDirectories(home.resolve("hooks")).resolve("post-commit"), touch);
        program(home.resolve("hooks").resolve("reference-transaction"), touch);
        Files.writeString(
                home.resolve(".gitconfig"),
                """
                [core]
                    hooksPath = %1$s/hooks
                    fsmonitor = "%2$s"
                [filter "x"]
                    clean = "%2$s; cat"
                    smudge = "%2$s; cat"
                    process = "%2$s"
                [diff "x"]
                    textconv = "%2$s; cat"
                [user]
                    name = not ours
                    email = not@ours
                """
                        .formatted(home, touch));
    }

    private static void program(Path file, String command) throws IOException {
        Files.writeString(file, "#!/bin/bash\n" + command + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    @Threat({A2, A4, A5, A15})
    void a_history_touches_nothing_but_its_own_folder_and_starts_nothing() throws Exception {
        var gitFolder = Files.createDirectories(folder.resolve("session")).resolve("history.git");
        var before = everything();
        assertThat(run(Session.class, gitFolder)).isEqualTo("done");
        assertThat(mark).doesNotExist();
        assertThat(everything()).isEqualTo(before);
        assertThat(
                        new RealGit(folder)
                                .text("--git-dir", gitFolder.toString(), "log", "--format=%an"))
                .isEqualTo("Safe Coder\nSafe Coder\nSafe Coder\n");
    }

    @Test
    @NegativeControl(A11)
    void a_tree_that_is_taken_over_as_it_is_has_impossible_names() throws Exception {
        var repository = folder.resolve("taken-over.git").toString();
        var git = new RealGit(folder);
        git.text("init", "-q", "--bare", repository);
        var evil = "40000 ..\0aaaaaaaaaaaaaaaaaaaa".getBytes(StandardCharsets.US_ASCII);
        var taken = List.of("hash-object", "-t", "tree", "-w", "--literally", "--stdin");
        var arguments = new ArrayList<>(List.of("--git-dir", repository));
        arguments.addAll(taken);
        assertThat(git.run(evil, arguments.toArray(String[]::new)).code()).isZero();
        var looked = git.run(new byte[0], "--git-dir", repository, "fsck", "--strict");
        assertThat(looked.code()).isNotZero();
    }

    @Test
    @NegativeControl(A2)
    void the_same_trap_catches_a_history_that_is_kept_with_a_work_tree() throws Exception {
        assertThat(run(NaiveSession.class, Files.createDirectories(folder.resolve("session"))))
                .isEqualTo("done");
        assertThat(mark).exists();
    }

    private String run(Class<?> main, Path at) throws IOException, InterruptedException {
        var environment = Map.of("HOME", home.toString(), "PATH", programs.toString());
        var options =
                List.of(
                        "-Duser.home=" + home,
                        "-XX:-UsePerfData",
                        "-Djava.io.tmpdir=" + folder.resolve("tmp"));
        var process = ChildJava.of(main, environment, options, at.toString()).start();
        var said = new String(process.getInputStream().readAllBytes()).strip();
        process.waitFor();
        return said;
    }

    /** Every file below our folder, with its size, except those of the session. */
    private Set<String> everything() throws IOException {
        var all = new TreeSet<String>();
        try (var files = Files.walk(folder)) {
            for (var file : files.toList()) {
                if (!file.startsWith(folder.resolve("session"))) {
                    all.add(file + (Files.isRegularFile(file) ? " " + Files.size(file) : ""));
                }
            }
        }
        return all;
    }

    /** A whole session, in a process of its own; a pack that is not marked as ours needs JGit. */
    static final class Session {
        private Session() {}

        public static void main(String[] arguments) throws IOException {
            var gitFolder = Path.of(arguments[0]);
            try (var history = History.create(gitFolder, Instant.EPOCH)) {
                EndlessSteps.step(history);
                EndlessSteps.step(history);
            }
            try (var marks = Files.list(gitFolder.resolve(ChainPacks.FOLDER))) {
                for (var mark : marks.toList()) {
                    Files.delete(mark);
                }
            }
            try (var history = History.open(gitFolder)) {
                var path = RelativePath.of("src/1");
                if (history.changes(0, 2).changes().size() == 3
                        && history.tree(2).containsKey(path)) {
                    System.out.println("done");
                }
            }
        }
    }

    /** What one would write who does not know: the agent's files in a work tree. */
    static final class NaiveSession {
        private NaiveSession() {}

        public static void main(String[] arguments) throws IOException, GitAPIException {
            var tree = Path.of(arguments[0]);
            Files.writeString(tree.resolve(".gitattributes"), "* filter=x\n");
            Files.writeString(tree.resolve("f"), "by the agent\n");
            try (var git = Git.init().setDirectory(tree.toFile()).call()) {
                git.add().addFilepattern(".").call();
            } finally {
                System.out.println("done");
            }
        }
    }
}
