package dev.safecoder.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What sessions leave in the state folder, and when it goes. */
class StateFolderTest {
    @TempDir private Path folder;
    private Path project;
    private SafeCoder program;

    @BeforeEach
    void makeProject() throws IOException {
        project = Files.createDirectories(folder.resolve("project"));
        program = new SafeCoder(folder.resolve("user"));
        Files.writeString(project.resolve("text"), "old\n");
    }

    private SafeCoder.Finished session() throws Exception {
        var script = new Script().turn("").write("text", "new\n").turn("Done.").saveIn(folder);
        return done("run", "-p", "x", "--backend", "bubblewrap", "--model", script, "-C", path());
    }

    private String path() {
        return project.toString();
    }

    private SafeCoder.Finished done(String... arguments) throws Exception {
        var finished = program.run(List.of(arguments));
        assertThat(finished.code()).as(finished.err()).isZero();
        return finished;
    }

    /** What applies keep for an undo. */
    private List<Path> journals() throws IOException {
        try (var all = Files.walk(program.state().resolve("applies"), 2)) {
            return all.filter(it -> it.getFileName().toString().contains("T")).toList();
        }
    }

    private String newest() throws Exception {
        return program.run("ls", "--json").json().at("/0/session").asText();
    }

    @Test
    void what_an_apply_keeps_goes_with_its_undo_or_the_last_session_that_knows_it()
            throws Exception {
        session();
        var id = newest();
        done("apply", id);
        assertThat(journals()).hasSize(1);
        done("undo", id);
        assertThat(journals()).isEmpty();

        done("apply", id);
        var fork = done("fork", id).out().strip();
        done("rm", "--force", id);
        assertThat(journals()).as("the fork counts on it").hasSize(1);
        done("discard", fork);
        assertThat(journals()).as("it can come back").hasSize(1);
        done("rm", "--force", fork);
        assertThat(journals()).isEmpty();
        assertThat(project.resolve("text")).hasContent("new\n");
    }

    @Test
    void a_session_that_nobody_went_back_to_moves_to_the_trash() throws Exception {
        session();
        var id = newest();
        var sessionFolder = program.state().resolve("sessions").resolve(id);
        var longAgo = Instant.now().minus(Duration.ofDays(91));
        Files.setLastModifiedTime(sessionFolder, FileTime.from(longAgo));

        var next = session();

        assertThat(next.err()).contains("Moved session %s to the trash: not used".formatted(id));
        assertThat(program.run("ls", "--json").json()).hasSize(1);
        assertThat(program.run("ls", "--trash", "--json").json().at("/0/session").asText())
                .isEqualTo(id);
    }

    @Test
    void a_session_does_not_fail_over_what_another_one_left() throws Exception {
        session();
        var sessionFolder = program.state().resolve("sessions").resolve(newest());
        Files.writeString(sessionFolder.resolve("applied.json"), "{broken");
        var longAgo = Instant.now().minus(Duration.ofDays(91));
        Files.setLastModifiedTime(sessionFolder, FileTime.from(longAgo));

        assertThat(session().err()).contains("could not be tidied up");
    }
}
