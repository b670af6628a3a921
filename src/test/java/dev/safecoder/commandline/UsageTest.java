package dev.safecoder.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "missing.png, 'missing.png' cannot be attached: there is no such file",
                "., '.' cannot be attached: it is not a file",
                "notes.png, 'notes.png' is none of PNG, JPEG, GIF and WebP by its content",
                "huge.png, 'huge.png' is too large: a picture may have 3,750,000 bytes, all of a prompt together 15,000,000",
            })
    void what_is_no_picture_is_not_attached(String name, String problem) throws Exception {
        Files.writeString(folder.resolve("notes.png"), "not drawn");
        Files.write(folder.resolve("huge.png"), new byte[3_750_001]);
        var model = new Script().turn("").saveIn(folder);

        var finished = program.run("run", "-p", "x", "--attach", name, "--model", model);

        assertThat(finished.code()).as(finished.err()).isEqualTo(2);
        assertThat(finished.err()).contains("safe-coder: " + problem, "Try: ");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "foo/bar, option --model: there is no model provider 'foo'",
                "antropic/x, option --model: there is no model provider 'antropic'",
                "script:/nosuch, The script '/nosuch' cannot be read: there is no such file",
            })
    void a_model_that_cannot_be_had_is_named(String model, String problem) throws Exception {
        var finished = program.run("run", "-p", "x", "--model", model);

        assertThat(finished.code()).as(finished.err()).isIn(2, 3);
        assertThat(finished.err()).contains("safe-coder: " + problem + "\n", "Try: ");
    }

    @Test
    void the_project_is_looked_at_before_the_key() throws Exception {
        var finished = program.run("run", "-p", "x", "--path", "/nosuch");

        assertThat(finished.code()).isEqualTo(2);
        assertThat(finished.err()).contains("/nosuch").doesNotContain("key");
    }

    @Test
    void the_users_list_of_models_lies_beside_the_settings_and_its_faults_are_named()
            throws Exception {
        Files.writeString(
                folder.resolve("models.json"),
                "{\"models\": [{\"id\": \"tiny\", \"context\": \"8k\", \"most_output\": 1}]}");

        var finished =
                program.with("SAFE_CODER_LLM_BASE_URL", "http://127.0.0.1:9/v1")
                        .run("run", "-p", "x", "--model", "openai-compatible/tiny");

        assertThat(finished.code()).as(finished.err()).isEqualTo(2);
        assertThat(finished.err())
                .contains(
                        "%s: 'models[0].context' cannot be \"8k\""
                                .formatted(folder.resolve("models.json")));
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
