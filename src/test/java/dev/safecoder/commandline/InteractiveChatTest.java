package dev.safecoder.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.Eventually;
import dev.safecoder.commandline.SafeCoder.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The chat in a real terminal. */
@Tag("bubblewrap")
@Timeout(180)
class InteractiveChatTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir Path folder;
    private Path project;
    private SafeCoder program;
    private Running chat;

    @BeforeEach
    void makeProject() throws Exception {
        project = Files.createDirectory(folder.resolve("project"));
        Files.writeString(project.resolve("a.txt"), "one\n");
        program = new SafeCoder(folder.resolve("user")).with("VISUAL", editor());
    }

    private void start() throws Exception {
        var script =
                new Script()
                        .turn("I **look** first.")
                        .bash("printf '\\033[31mred\\033]0;title\\007'; echo two > a.txt")
                        .turn("Well &#27;[31m done.")
                        .turn("")
                        .bash("sleep 100")
                        .turn("never said")
                        .saveIn(folder);
        var words = List.of("chat", "--backend", "bubblewrap", "--model", script, "--path");
        chat = program.inTerminal(30, 100, and(words, project.toString()));
        sees("ends the session");
    }

    private static List<String> and(List<String> words, String last) {
        var all = new ArrayList<>(words);
        all.add(last);
        return all;
    }

    /** One that notes what it is given, and adds to it. */
    private String editor() throws Exception {
        var notes = folder.resolve("edited");
        var script =
                Files.writeString(
                        folder.resolve("editor.sh"),
                        "{ stat -c %%A \"$1\"; cat \"$1\"; echo \"$1\"; } >%1$s.new\nprintf '!echo by hand' >\"$1\"\nmv %1$s.new %1$s\n"
                                .formatted(notes));
        return "sh " + script;
    }

    @AfterEach
    void stop() {
        chat.process().descendants().forEach(ProcessHandle::destroyForcibly);
        chat.process().destroyForcibly();
    }

    private void sees(String text) throws Exception {
        try {
            Eventually.holds(text, LIMIT, () -> chat.shown().contains(text));
        } catch (AssertionError missing) {
            throw new AssertionError(chat.shown(), missing);
        }
    }

    private boolean sleeps() {
        return chat.process()
                .descendants()
                .anyMatch(it -> it.info().commandLine().orElse("").endsWith("sleep 100"));
    }

    @Test
    void a_turn_is_shown_interrupted_and_applied() throws Exception {
        start();
        chat.type("mend it\r");
        sees("done.");
        sees("of 512 MB");
        assertThat(chat.shown())
                .contains("-one", "+two", "␛[31mred", "␛]0;title␇", "Well ␛[31m done.")
                .doesNotContain("**look**", "\033]0;title", "\033[31mred", "Well \033")
                .doesNotContainPattern("index [0-9a-f]{11}");

        chat.type("again\r");
        Eventually.holds("the command", LIMIT, this::sleeps);
        chat.type("\033");
        sees("Interrupted; the session goes on.");

        chat.type("!ed\007"); // Ctrl-G
        sees("!echo by hand");
        chat.type(" > b.txt\r");
        sees("+by hand");
        var edited = Files.readAllLines(folder.resolve("edited"));
        assertThat(edited).startsWith("-rw-------", "!ed").hasSize(3);
        assertThat(Path.of(edited.getLast())).doesNotExist();
        chat.type("/diff --stat\r");
        sees("2 files changed");
        chat.type("/review\r");
        sees("File 1/2");
        chat.type("nq");
        sees("1 accepted, 1 rejected");
        chat.type("/export\r");
        sees("The conversation is in ");
        chat.type("/export\r");
        sees("is there already");
        chat.type("/resume\r");
        sees("This project has no other session.");
        chat.type("/resume nosuch\r");
        sees("Try:");

        chat.type("/exit\r");
        sees("Apply these changes to the project? [y/N]");
        long asked = System.nanoTime(); // an answer that comes too soon does not count
        Eventually.holds("read", LIMIT, () -> System.nanoTime() - asked > 500_000_000L);
        chat.type("y\r");
        sees("Applied 1 file");
        assertThat(chat.finish().code()).isZero();
        assertThat(project.resolve("a.txt")).hasContent("one");
        assertThat(project.resolve("b.txt")).hasContent("by hand");
        assertThat(Walls.leftovers("bubblewrap", folder)).isEmpty();
    }

    @Test
    void a_session_is_nobody_elses_until_its_chat_ends() throws Exception {
        start();
        chat.type("mend it\r");
        sees("Well ");
        var listed = program.run("ls", "--json").json().get(0);
        var id = listed.path("session").asText();
        assertThat(listed.path("outcome").asText()).isEqualTo("running");
        assertThat(program.run("rewind", id, "0").err()).contains("is still running");
        chat.type("/apply\r");
        sees("Applied 1 file");

        var sessionFolder = program.state().resolve("sessions").resolve(id);
        var record = SafeCoder.JSON.readTree(sessionFolder.resolve("session.json").toFile());
        ProcessHandle.of(record.at("/owner/pid").asLong())
                .ifPresent(ProcessHandle::destroyForcibly);
        chat.finish();

        var after = program.run("ls", "--json");
        assertThat(after.err()).contains("Session %s was cut off".formatted(id));
        assertThat(after.json().at("/0/outcome").asText()).isEqualTo("interrupted");
        assertThat(sessionFolder.resolve("workspace")).doesNotExist();
        assertThat(Walls.leftovers("bubblewrap", folder)).isEmpty();
    }

    @Test
    void ctrl_c_twice_ends_it() throws Exception {
        start();
        sees("› ");
        chat.type("\003");
        sees("Ctrl-C once more ends the session.");
        chat.type("\003");

        // 130 when the second one comes before the next line is read
        assertThat(chat.finish().code()).isIn(0, 130);
        assertThat(program.run("ls", "--json").json().at("/0/outcome").asText())
                .isIn("completed", "interrupted");
    }

    @Test
    void without_colour_there_is_none() throws Exception {
        program.with("NO_COLOR", "1");
        start();
        chat.type("mend it\r");
        sees("+two");
        sees("Well ");

        assertThat(chat.shown()).doesNotContainPattern("\033\\[[0-9;]*3[0-7][0-9;]*m");
    }

    @Test
    void a_dumb_terminal_gets_plain_lines() throws Exception {
        program.with("TERM", "dumb");
        start();
        chat.type("mend it\r");
        sees("Well ");
        chat.type("\r");
        sees("Apply these changes to the project? [y/N]");

        assertThat(chat.shown()).doesNotContain("\033");
    }
}
