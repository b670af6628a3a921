package dev.safecoder.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session that goes on in a new sandbox, from outside. */
@Tag("bubblewrap")
class ResumeTest {
    @TempDir Path folder;
    private Path project;
    private SafeCoder program;

    @BeforeEach
    void makeProject() throws IOException {
        project = Files.createDirectories(folder.resolve("project"));
        program = new SafeCoder(folder.resolve("user"));
        Files.writeString(project.resolve("text"), "1\n2\n3\n4\n5\n6\n7\n");
        Files.writeString(project.resolve("untouched"), "untouched\n");
        Files.writeString(project.resolve("gone"), "gone\n");
        Files.createDirectories(project.resolve("folder/deep"));
        Files.writeString(project.resolve("folder/deep/file"), "deep\n");
        Files.createSymbolicLink(project.resolve("link"), Path.of("text"));
    }

    private SafeCoder.Finished run(Script script, String... more) throws Exception {
        var arguments = new ArrayList<>(List.of("run", "-p", "x", "--output", "json"));
        arguments.addAll(List.of("--backend", "bubblewrap", "--path", project.toString()));
        arguments.addAll(List.of("--apply", "never", "--model", script.saveIn(folder)));
        arguments.addAll(List.of(more));
        var finished = program.run(arguments);
        assertThat(finished.code()).as(finished.err()).isZero();
        return finished;
    }

    /** Two turns, whose work is of every kind. */
    private static Script first() {
        return new Script()
                .turn("")
                .bash(
                        "sed -i s/1/one/ text; rm gone link; rm -r folder; echo now >folder;"
                                + " echo file >link; echo new >new; chmod +x new; ln -s new newlink")
                .turn("Done.");
    }

    private static Script then(String command) {
        return first().turn("").bash(command).turn("Done again.");
    }

    @Test
    void files_and_conversation_go_on() throws Exception {
        var began = run(first()).json();

        var resumed =
                run(
                        then(
                                "cat text folder link new newlink; test -x new && ! test -e gone"
                                        + " && test ! -L link && test -L newlink && echo more >>new"),
                        "--continue");

        var report = resumed.json();
        assertThat(report.path("session")).isEqualTo(began.path("session"));
        assertThat(report.at("/tool_calls/0/exit_code").asInt()).isZero();
        assertThat(report.path("text").asText()).isEqualTo("Done again.");
        assertThat(report.path("turns").asInt()).isEqualTo(4);
        assertThat(report.path("checkpoints")).hasSize(3);
        assertThat(RunContract.changes(report))
                .isEqualTo(
                        Map.of(
                                "text", "modified",
                                "gone", "deleted",
                                "folder", "added",
                                "folder/deep/file", "deleted",
                                "link", "symlink",
                                "new", "added",
                                "newlink", "symlink"));
        var session = report.path("session").asText();
        var applied = program.run("apply", session, "--flagged");
        assertThat(applied.code()).as(applied.err()).isZero();
        assertThat(project.resolve("new")).hasContent("new\nmore\n");
        assertThat(project.resolve("folder")).hasContent("now\n");
        assertThat(program.run("undo", session).code()).isZero();
        assertThat(project.resolve("folder/deep/file")).hasContent("deep\n");
    }

    @Test
    void what_the_user_changed_meanwhile_is_no_change_of_the_session() throws Exception {
        var session = run(first()).json().path("session").asText();
        Files.writeString(project.resolve("untouched"), "the user's\n");
        Files.writeString(project.resolve("text"), "1\n2\n3\n4\n5\n6\nseven\n");
        Files.writeString(project.resolve("new"), "the user's new\n");

        var report = run(then("cat untouched; echo again >>untouched"), "--resume", session).json();

        assertThat(RunContract.changes(report)).containsEntry("untouched", "modified");
        var applied = program.run("apply", session, "--flagged", "--json");
        assertThat(applied.code()).as(applied.err()).isEqualTo(5);
        assertThat(applied.json().at("/conflicts/0/path").asText()).isEqualTo("new");
        assertThat(applied.json().path("conflicts")).hasSize(1);
        assertThat(program.run("apply", session, "--flagged", "--ours", "new").code()).isZero();
        assertThat(project.resolve("untouched")).hasContent("the user's\nagain\n");
        assertThat(project.resolve("text")).hasContent("one\n2\n3\n4\n5\n6\nseven\n");
        assertThat(project.resolve("new")).hasContent("the user's new\n");
    }

    @Test
    void a_session_goes_on_from_where_it_was_rewound_to() throws Exception {
        var session = run(first()).json().path("session").asText();
        assertThat(program.run("rewind", session, "0").code()).isZero();

        var report =
                run(
                                new Script()
                                        .turn("")
                                        .bash("cat gone folder/deep/file && echo other >other")
                                        .turn("Another way."),
                                "--resume",
                                session)
                        .json();

        assertThat(report.path("text").asText()).isEqualTo("Another way.");
        assertThat(RunContract.changes(report)).isEqualTo(Map.of("other", "added"));
    }

    @Test
    void a_fork_goes_another_way_than_its_origin() throws Exception {
        var session = run(first()).json().path("session").asText();

        var forked = program.run("fork", session).out().strip();
        var report = run(then("cat new; echo forked >new"), "--resume", forked).json();

        assertThat(report.path("session").asText()).isEqualTo(forked).isNotEqualTo(session);
        assertThat(report.at("/tool_calls/0/exit_code").asInt()).isZero();
        assertThat(program.run("diff", forked, "--", "new").out()).contains("+forked");
        assertThat(program.run("diff", session, "--", "new").out()).contains("+new");
        assertThat(program.run("ls", "--json").json()).hasSize(2);
    }

    /** A fork of a session that was applied; it has changed one of the lines again, and more. */
    private String forkOfApplied(String session) throws Exception {
        assertThat(program.run("apply", session, "--flagged").code()).isZero();
        var forked = program.run("fork", session).out().strip();
        run(then("sed -i s/one/uno/ text; echo more >more"), "--resume", forked);
        return forked;
    }

    private List<String> apply(String session) throws Exception {
        var applied = program.run("apply", session, "--flagged", "--json");
        assertThat(applied.code()).as(applied.err()).isZero();
        var paths = new ArrayList<String>();
        applied.json().path("applied").forEach(path -> paths.add(path.asText()));
        return paths;
    }

    @Test
    void a_fork_goes_on_from_what_its_origin_has_applied() throws Exception {
        var session = run(first()).json().path("session").asText();
        var forked = forkOfApplied(session);

        assertThat(apply(forked)).containsExactly("more", "text");

        assertThat(project.resolve("text")).hasContent("uno\n2\n3\n4\n5\n6\n7\n");
        assertThat(program.run("undo", forked).code()).isZero();
        assertThat(project.resolve("text")).hasContent("one\n2\n3\n4\n5\n6\n7\n");
        assertThat(program.run("undo", forked, "--json").json().path("status").asText())
                .as("the rest is its origin's")
                .isEqualTo("nothing");
        assertThat(project.resolve("new")).hasContent("new\n");
    }

    @Test
    void a_fork_applies_what_its_origin_has_taken_back() throws Exception {
        var session = run(first()).json().path("session").asText();
        var forked = forkOfApplied(session);
        assertThat(program.run("undo", session).code()).isZero();

        assertThat(apply(forked)).contains("folder", "gone", "more", "new", "text");

        assertThat(project.resolve("text")).hasContent("uno\n2\n3\n4\n5\n6\n7\n");
        assertThat(project.resolve("new")).hasContent("new\n");
        assertThat(project.resolve("gone")).doesNotExist();
    }
}
