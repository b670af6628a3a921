package dev.safecoder.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a run stops and how it says so, from outside. */
@Tag("bubblewrap")
class LimitsTest {
    @TempDir Path folder;
    private Path project;
    private SafeCoder program;

    @BeforeEach
    void makeProject() throws IOException {
        project = Files.createDirectories(folder.resolve("project"));
        program = new SafeCoder(folder.resolve("user"));
    }

    private SafeCoder.Finished run(String model, String... more) throws Exception {
        return runFor("json", model, more);
    }

    private SafeCoder.Finished runFor(String output, String model, String... more)
            throws Exception {
        var arguments = new ArrayList<>(List.of("run", "-p", "x", "--output", output));
        arguments.addAll(List.of("--backend", "bubblewrap", "--path", project.toString()));
        arguments.addAll(List.of("--model", model));
        arguments.addAll(List.of(more));
        return program.run(arguments);
    }

    private String threeTurns() throws IOException {
        return new Script()
                .turn("One.")
                .bash("echo 1 >one")
                .usage(1_000, 100, 0.25)
                .turn("Two.")
                .bash("echo 2 >two")
                .usage(1_000, 100, 0.25)
                .turn("Three.")
                .saveIn(folder);
    }

    @Test
    void the_replies_are_limited() throws Exception {
        var finished = run(threeTurns(), "--max-turns", "1");

        assertThat(finished.code()).as(finished.err()).isEqualTo(4);
        assertThat(finished.json().path("outcome").asText()).isEqualTo("limit");
        assertThat(finished.json().path("limit").asText()).isEqualTo("turns");
        assertThat(finished.json().path("changes")).hasSize(1);
        assertThat(run(threeTurns()).json().path("limit").isNull()).isTrue();
    }

    @Test
    void the_cost_is_limited() throws Exception {
        var finished = run(threeTurns(), "--max-cost", "0.5");

        assertThat(finished.code()).as(finished.err()).isEqualTo(4);
        assertThat(finished.json().path("limit").asText()).isEqualTo("cost");
        assertThat(finished.json().at("/usage/cost_usd").asDouble()).isEqualTo(0.5);
        assertThat(run(threeTurns(), "--max-cost", "0.51").code()).isZero();
    }

    @Test
    void a_cost_that_nobody_knows_cannot_be_limited() throws Exception {
        program.with("SAFE_CODER_LLM_BASE_URL", "http://127.0.0.1:9/v1");

        var finished = run("openai-compatible:unheard-of", "--max-cost", "1");

        assertThat(finished.code()).isEqualTo(2);
        assertThat(finished.err()).contains("unheard-of", "not known", "Try: ");
    }

    @Test
    void a_long_conversation_goes_on_as_a_summary_and_a_rewind_finds_the_whole() throws Exception {
        program.with("SAFE_CODER_LLM_CONTEXT_TOKENS", "9000");
        var script = new Script();
        for (int i = 0; i < 12; i++) {
            script.turn("step ".repeat(400)).bash("echo %d >file".formatted(i));
        }
        var finished = runFor("stream-json", script.turn("Done.").saveIn(folder));

        assertThat(finished.code()).as(finished.err()).isZero();
        assertThat(finished.out()).contains("\"type\":\"compaction\"", "\"summarised\"");
        var last = SafeCoder.JSON.readTree(finished.out().lines().toList().getLast());
        assertThat(last.path("text").asText()).isEqualTo("Done.");
        var session = last.path("session").asText();
        program.with("SAFE_CODER_LLM_CONTEXT_TOKENS", "100000");
        var resumed = run(new Script().turn("").saveIn(folder), "--resume", session);
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(program.run("rewind", session, "1").code()).isZero();
        var second =
                run(new Script().turn("").turn("Another way.").saveIn(folder), "--resume", session);
        assertThat(second.json().path("text").asText()).isEqualTo("Another way.");
    }
}
