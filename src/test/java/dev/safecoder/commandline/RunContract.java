package dev.safecoder.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code run} and the commands after it promise, from outside, on every backend. */
abstract class RunContract {
    @TempDir Path folder;
    Path project;
    SafeCoder program;

    abstract String backend();

    @BeforeEach
    void makeProject() throws IOException {
        project = Files.createDirectories(folder.resolve("project"));
        Files.writeString(project.resolve("README"), "one\ntwo\nthree\n");
        program = new SafeCoder(folder.resolve("user"));
    }

    List<String> run(Script script, String... more) throws IOException {
        var arguments = new ArrayList<>(List.of("run", "-p", "x", "--output", "json"));
        arguments.addAll(List.of("--backend", backend(), "--path", project.toString()));
        arguments.addAll(List.of("--model", script.saveIn(folder)));
        arguments.addAll(List.of(more));
        return arguments;
    }

    @Test
    void a_run_reports_what_it_did() throws Exception {
        var script =
                new Script()
                        .turn("I look first.")
                        .bash("ls")
                        .turn("")
                        .write("hello.txt", "hi\n")
                        .bash("cat hello.txt; echo four >>README; exit 3")
                        .turn("Done.");

        var finished = program.run(run(script, "--apply", "clean", "--workspace", "overlay"));

        assertThat(finished.code()).as(finished.err()).isZero();
        var report = finished.json();
        assertThat(report.path("session").asText()).isNotEmpty();
        assertThat(report.path("project").asText()).isEqualTo(project.toString());
        assertThat(report.path("backend").asText()).isEqualTo(backend());
        assertThat(report.path("workspace").asText()).isEqualTo("overlay");
        assertThat(report.path("outcome").asText()).isEqualTo("completed");
        assertThat(report.path("text").asText()).isEqualTo("Done.");
        assertThat(report.path("turns").asInt()).isEqualTo(3);
        assertThat(texts(report.path("tool_calls"), "name"))
                .containsExactly("bash", "write_file", "bash");
        assertThat(report.at("/tool_calls/2/exit_code").asInt()).isEqualTo(3);
        assertThat(report.at("/tool_calls/1/input/path").asText()).isEqualTo("hello.txt");
        assertThat(report.at("/tool_calls/0/duration_ms").isNumber()).isTrue();
        assertThat(texts(report.path("checkpoints"), "message"))
                .containsExactly(
                        "Initial snapshot",
                        "Agent executed: bash, write_file",
                        "Agent executed: bash");
        assertThat(texts(report.path("checkpoints"), "step")).containsExactly("0", "1", "2");
        assertThat(changes(report)).isEqualTo(Map.of("README", "modified", "hello.txt", "added"));
        assertThat(report.at("/changes/0/lines_added").asInt()).isEqualTo(1);
        assertThat(report.at("/apply/status").asText()).isEqualTo("applied");
        assertThat(report.at("/usage/input_tokens").isNumber()).isTrue();
        assertThat(report.at("/timings_ms/start").isNumber()).isTrue();
        assertThat(report.at("/timings_ms/first_exec").isNumber()).isTrue();
        assertThat(project.resolve("hello.txt")).hasContent("hi\n");
        assertThat(project.resolve("README")).hasContent("one\ntwo\nthree\nfour\n");
    }

    @Test
    void no_thread_of_ours_keeps_a_carrier() throws Exception {
        var script = new Script().turn("").bash("ls; echo more >more").turn("Done.");

        var finished = program.withOneCarrier().run(run(script));

        assertThat(finished.code()).as(finished.err()).isZero();
        assertThat(finished.json().path("changes")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlay", "copy"})
    void every_kind_of_change_comes_back(String workspace) throws Exception {
        fillProject();
        var untouched = Files.createDirectories(folder.resolve("untouched"));
        copy(project, untouched);
        Git.commitAll(untouched);
        var before = Tree.of(project);

        var ran = program.run(run(everyKind(), "--apply", "never", "--workspace", workspace));

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.json().path("workspace").asText()).isEqualTo(workspace);
        assertThat(changes(ran.json())).isEqualTo(EVERY_KIND);
        assertThat(Tree.of(project)).as("before an apply").isEqualTo(before);

        var session = ran.json().path("session").asText();
        var patch = folder.resolve("session.patch");
        var diff = program.run("diff", session, "--path", project.toString());
        Files.write(patch, diff.out().getBytes(StandardCharsets.UTF_8));
        Git.in(untouched, "apply", "--binary", patch.toString());

        var applied = program.run("apply", session, "--flagged", "--path", project.toString());
        assertThat(applied.code()).as(applied.err()).isZero();
        deleteGit(untouched);
        assertThat(Tree.of(project)).as("the patch's tree").isEqualTo(Tree.of(untouched));

        var undone = program.run("undo", session, "--path", project.toString());
        assertThat(undone.code()).as(undone.err()).isZero();
        assertThat(Tree.of(project)).as("after undo").isEqualTo(before);
    }

    private static final Map<String, String> EVERY_KIND =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("a b/with space.txt", "added"),
                            Map.entry("new\nline", "added"),
                            Map.entry("größe/日本.txt", "modified"),
                            Map.entry("binary", "modified"),
                            Map.entry("gone/deep/file", "deleted"),
                            Map.entry("moved.txt", "renamed"),
                            Map.entry("script", "mode_changed"),
                            Map.entry("empty", "added")));

    private void fillProject() throws IOException {
        write("größe/日本.txt", "ein\nzwei\n");
        write("gone/deep/file", "going\n");
        write("to move.txt", "a line that stays\n".repeat(20));
        write("script", "echo ran\n");
        Files.write(project.resolve("binary"), new byte[] {0, 1, 2, (byte) 0xff, 0});
    }

    private static Script everyKind() {
        return new Script()
                .turn("")
                .write("a b/with space.txt", "spaces\n")
                .bash("printf x >$'new\\nline'; : >empty; chmod +x script")
                .turn("")
                .bash("printf '\\0\\376\\1' >binary; rm -r gone; mv 'to move.txt' moved.txt")
                .edit("größe/日本.txt", "zwei", "drei")
                .turn("Done.");
    }

    @Test
    void a_symlink_is_shown_and_nothing_is_applied_with_it() throws Exception {
        var script = new Script().turn("").bash("ln -s ../outside link; echo x >new").turn("Done.");

        var finished = program.run(run(script, "--apply", "all"));

        assertThat(finished.code()).as(finished.err()).isEqualTo(5);
        var report = finished.json();
        assertThat(changes(report)).isEqualTo(Map.of("link", "symlink", "new", "added"));
        assertThat(report.at("/apply/status").asText()).isEqualTo("refused");
        assertThat(texts(report.at("/apply/refused"), "path")).containsExactly("link");
        assertThat(report.at("/apply/refused/0/reason").asText()).contains("../outside");
        assertThat(Tree.of(project)).containsOnlyKeys("README");
    }

    @Test
    void a_file_of_100_megabytes_comes_back() throws Exception {
        var script =
                new Script()
                        .turn("")
                        .bash("head -c 104857600 /dev/urandom >big; sha256sum <big >big.sum")
                        .turn("Done.");

        var finished = program.run(run(script, "--apply", "all"));

        assertThat(finished.code()).as(finished.err()).isZero();
        assertThat(Files.size(project.resolve("big"))).isEqualTo(104_857_600);
        var sum = Files.readString(project.resolve("big.sum")).substring(0, 16);
        assertThat(Tree.of(project).get("big")).endsWith(sum);
    }

    @Test
    void a_file_that_the_user_changed_meanwhile_is_a_conflict_and_nothing_is_written()
            throws Exception {
        var script = new Script().turn("").write("README", "agent\n").write("new", "n\n").turn("");
        var ran = program.run(run(script, "--apply", "never"));
        Files.writeString(project.resolve("README"), "the user's own\n");
        var before = Tree.of(project);

        var session = ran.json().path("session").asText();
        var applied = program.run("apply", session, "--path", project.toString());

        assertThat(applied.code()).as(applied.err()).isEqualTo(5);
        assertThat(applied.err()).contains("README");
        assertThat(Tree.of(project)).isEqualTo(before);
    }

    @Test
    void what_the_user_and_the_agent_changed_apart_is_merged() throws Exception {
        Files.writeString(project.resolve("README"), "1\n2\n3\n4\n5\n");
        var script = new Script().turn("").edit("README", "1\n", "agent\n").turn("");
        var ran = program.run(run(script, "--apply", "never"));
        Files.writeString(project.resolve("README"), "1\n2\n3\n4\nuser\n");

        var session = ran.json().path("session").asText();
        var applied = program.run("apply", session, "--path", project.toString());

        assertThat(applied.code()).as(applied.err()).isZero();
        assertThat(project.resolve("README")).hasContent("agent\n2\n3\n4\nuser\n");
    }

    @Test
    void a_command_passes_its_exit_code_through() throws Exception {
        var report = folder.resolve("report.json");

        var finished =
                program.run(
                        List.of(
                                "exec",
                                "--backend",
                                backend(),
                                "--path",
                                project.toString(),
                                "--report",
                                report.toString(),
                                "--",
                                "sh",
                                "-c",
                                "echo out; echo err >&2; echo new >made; exit 42"));

        assertThat(finished.code()).as(finished.err()).isEqualTo(42);
        assertThat(finished.out()).isEqualTo("out\n");
        assertThat(finished.err().lines()).contains("err");
        var written = SafeCoder.JSON.readTree(Files.readString(report));
        assertThat(written.path("backend").asText()).isEqualTo(backend());
        assertThat(changes(written)).isEqualTo(Map.of("made", "added"));
        assertThat(project.resolve("made")).doesNotExist();
    }

    @Test
    void a_command_that_does_not_exist_ends_like_in_a_shell() throws Exception {
        var finished =
                program.run(
                        "exec",
                        "--backend",
                        backend(),
                        "--path",
                        project.toString(),
                        "--",
                        "/no/such/command");

        assertThat(finished.code()).as(finished.err()).isEqualTo(127);
        assertThat(finished.err()).contains("/no/such/command");
    }

    void write(String path, String content) throws IOException {
        var file = project.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    static Map<String, String> changes(JsonNode report) {
        var kinds = new TreeMap<String, String>();
        for (var change : report.path("changes")) {
            kinds.put(change.path("path").asText(), change.path("kind").asText());
        }
        return kinds;
    }

    private static List<String> texts(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(item -> item.path(field).asText())
                .toList();
    }

    private static void copy(Path from, Path to) throws IOException, InterruptedException {
        new ProcessBuilder("cp", "-a", from + "/.", to.toString()).inheritIO().start().waitFor();
    }

    private static void deleteGit(Path repository) throws IOException, InterruptedException {
        new ProcessBuilder("rm", "-r", repository.resolve(".git").toString()).start().waitFor();
    }
}
