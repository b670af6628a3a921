package dev.safecoder.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.safecoder.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reply whose calls only look, in a real sandbox. */
@Tag("bubblewrap")
class BubblewrapLooksTest {
    @TempDir Path folder;
    private Path project;
    private SafeCoder program;

    @BeforeEach
    void makeProject() throws IOException {
        project = Files.createDirectories(folder.resolve("project"));
        Files.writeString(project.resolve("README"), "one\ntwo\n");
        program = new SafeCoder(folder.resolve("user"));
    }

    private List<String> run(String model, String... more) {
        var all = new ArrayList<>(List.of("run", "-p", "x", "--output", "stream-json"));
        all.addAll(List.of("--backend", "bubblewrap", "--path", project.toString()));
        all.addAll(List.of("--model", model));
        all.addAll(List.of(more));
        return all;
    }

    @Test
    void all_begin_before_the_first_is_met_and_a_reply_that_also_writes_takes_turns()
            throws Exception {
        var script =
                new Script()
                        .turn("")
                        .read("README")
                        .tool("grep", "pattern", "t.o")
                        .tool("list_files")
                        .turn("")
                        .read("README")
                        .write("new", "")
                        .turn("Done.");

        var finished = program.run(run(script.saveIn(folder)));

        assertThat(finished.code()).as(finished.err()).isZero();
        assertThat(types(finished.out()))
                .containsSubsequence(
                        "tool_call call_1_1",
                        "tool_call call_1_2",
                        "tool_call call_1_3",
                        "tool_result call_1_1",
                        "tool_result call_1_2",
                        "tool_result call_1_3",
                        "tool_call call_2_1",
                        "tool_result call_2_1",
                        "tool_call call_2_2",
                        "tool_result call_2_2");
    }

    @Test
    void ctrl_c_while_they_run_leaves_a_session_that_goes_on() throws Exception {
        var script = new Script().turn("").read("README");
        for (int i = 0; i < 40; i++) {
            script.tool("grep", "pattern", "nowhere" + i + "$", "path", "/usr");
        }
        var model = script.turn("Done.").saveIn(folder);
        var running = program.start(run(model));
        Eventually.holds(
                "the first is met",
                Duration.ofSeconds(30),
                () -> running.shown().contains("tool_result"));

        running.signal("INT");
        var stopped = running.finish();
        var again = program.run(run(model, "--continue"));

        assertThat(stopped.code()).as(stopped.err()).isEqualTo(130);
        assertThat(again.code()).as(again.err()).isZero();
        var answers = conversation().get(2).path("answers");
        assertThat(answers.findValuesAsText("id")).hasSize(41).doesNotHaveDuplicates();
        assertThat(answers.path(0).path("text").asText()).contains("1: one");
        assertThat(answers.path(40).path("text").asText()).contains("was interrupted");
        assertThat(conversation().getLast().path("text").asText()).isEqualTo("Done.");
    }

    private static List<String> types(String stream) throws IOException {
        var types = new ArrayList<String>();
        for (var line : stream.lines().toList()) {
            var json = SafeCoder.JSON.readTree(line);
            types.add(json.path("type").asText() + " " + json.path("id").asText());
        }
        return types;
    }

    private List<JsonNode> conversation() throws IOException {
        var lines = new ArrayList<JsonNode>();
        try (var files = Files.walk(program.state())) {
            var file =
                    files.filter(it -> it.endsWith("conversation.jsonl")).findFirst().orElseThrow();
            for (var line : Files.readAllLines(file)) {
                var json = SafeCoder.JSON.readTree(line);
                if (!json.path("type").asText().equals("checkpoint")) {
                    lines.add(json);
                }
            }
        }
        return lines;
    }
}
