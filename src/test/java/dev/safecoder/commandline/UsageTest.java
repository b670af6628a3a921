package dev.safecoder.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program says to mistakes; no wall is needed for it. */
class UsageTest {
    @TempDir Path folder;
    private SafeCoder program;

    @BeforeEach
    void makeUser() throws IOException {
        program = new SafeCoder(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "run -p x --backend castle",
                "run -p x --no-such-option",
                "run -p x --output yaml",
                "run -p x --workspace magic",
                "nonsense",
                "exec",
                "config set no.such.key 1",
                "diff no-such-session",
            })
    void a_mistake_ends_with_2_and_a_line_on_stderr(String line) throws Exception {
        var finished = program.run(line.split(" "));

        int expected = line.startsWith("exec") ? 125 : 2;
        assertThat(finished.code()).as(finished.err()).isEqualTo(expected);
        assertThat(finished.out()).isEmpty();
        assertThat(finished.err()).isNotBlank().doesNotContain("\tat ");
    }

    @Test
    void a_fault_in_the_settings_names_file_line_and_key() throws Exception {
        var file = program.config();
        Files.writeString(file, "[docker]\n\nmemory_mb = \"much\"\n");

        var finished = program.run("config", "show");

        assertThat(finished.code()).isEqualTo(2);
        assertThat(finished.err()).contains(file.toString(), "3", "memory_mb");
    }

    @Test
    void a_project_that_is_not_there_is_a_mistake() throws Exception {
        var missing = folder.resolve("missing").toString();
        var model = new Script().turn("").saveIn(folder);

        var finished = program.run("run", "-p", "x", "--path", missing, "--model", model);

        assertThat(finished.code()).as(finished.err()).isEqualTo(2);
        assertThat(finished.err()).contains(missing, "Try: ");
    }

    @Test
    void a_script_that_is_not_there_is_a_mistake_too() throws Exception {
        var finished =
                program.run("run", "-p", "x", "--model", "script:" + folder.resolve("missing"));

        assertThat(finished.code()).as(finished.err()).isIn(2, 3);
        assertThat(finished.err()).contains(folder.resolve("missing").toString(), "Try: ");
    }

    @Test
    void a_report_that_cannot_be_written_is_told_before_the_work() throws Exception {
        var report = folder.resolve("missing").resolve("report.json").toString();
        var model = new Script().turn("").saveIn(folder);

        var ran = program.run("run", "-p", "x", "--report", report, "--model", model);
        var executed = program.run("exec", "--report", report, "--", "true");

        assertThat(ran.code()).as(ran.err()).isEqualTo(2);
        assertThat(executed.code()).as(executed.err()).isEqualTo(125);
        assertThat(ran.err()).contains(report, "Try: ").doesNotContain("Session ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "run --help", "exec --help", "doctor --help"})
    void help_and_version_go_to_stdout(String line) throws Exception {
        var finished = program.run(line.split(" "));

        assertThat(finished.code()).isZero();
        assertThat(finished.out()).contains("safe-coder");
        assertThat(finished.err()).isEmpty();
    }

    @Test
    void there_are_no_sessions_at_first() throws Exception {
        var finished = program.run("ls", "--json");

        assertThat(finished.code()).as(finished.err()).isZero();
        assertThat(finished.json()).isEmpty();
    }
}
