package dev.safecoder.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.safecoder.model.ToolAnswer;
import dev.safecoder.model.ToolAnswer.Outcome;
import dev.safecoder.model.ToolDefinition;
import dev.safecoder.tool.ToolResult.Effect;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolboxTest {
    private static final List<String> VALUES =
            List.of(
                    "null",
                    "true",
                    "0",
                    "3",
                    "1.5",
                    "-1",
                    "1e300",
                    "\"\"",
                    "\"a.txt\"",
                    "\"*\"",
                    "\"[\"",
                    "\"a\\u0000b\"",
                    "\"\\ud83d\"",
                    "\"../workspace/a.txt\"",
                    "[]",
                    "{}",
                    "[{\"old_string\":\"a\",\"new_string\":\"b\"}]",
                    "\"[{\\\"content\\\":\\\"x\\\",\\\"status\\\":\\\"pending\\\"}]\"");

    private Workbench bench;

    @BeforeEach
    void open(@TempDir Path temp) throws Exception {
        bench = Workbench.in(temp);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void the_tools_are_those_of_the_contract_in_its_order() {
        assertThat(bench.toolbox().definitions())
                .extracting(ToolDefinition::name)
                .containsExactly(
                        "read_file",
                        "write_file",
                        "edit_file",
                        "bash",
                        "bash_output",
                        "bash_kill",
                        "grep",
                        "glob",
                        "list_files",
                        "todo");
    }

    @Test
    void a_day_of_work_with_every_tool() throws Exception {
        assertThat(
                        bench.call(
                                "write_file",
                                "{'path':'src/a.py','content':'def f():\\n    return 1\\n'}"))
                .isEqualTo(
                        new ToolResult(
                                new ToolAnswer(
                                        "id",
                                        "Wrote src/a.py (22 bytes, 2 lines, a new file)",
                                        Outcome.DONE),
                                OptionalInt.empty(),
                                "Wrote src/a.py (22 bytes, 2 lines, a new file)",
                                Effect.POSSIBLY_CHANGED));
        assertThat(bench.answer("read_file", "{'path':'src/a.py'}"))
                .isEqualTo("1: def f():\n2:     return 1\n(End of file - total 2 lines.)");
        assertThat(
                        bench.answer(
                                "edit_file",
                                "{'path':'src/a.py','old_string':'return 1','new_string':'return 2'}"))
                .isEqualTo(
                        """
                        Edited src/a.py: 1 place (line 2)
                        @@ -1,2 +1,2 @@
                         def f():
                        -    return 1
                        +    return 2
                        """);
        assertThat(bench.call("bash", "{'command':'cat src/a.py; echo oops >&2; exit 3'}"))
                .isEqualTo(
                        new ToolResult(
                                new ToolAnswer(
                                        "id",
                                        "def f():\n    return 2\noops\n[exit code 3]",
                                        Outcome.DONE),
                                OptionalInt.of(3),
                                "cat src/a.py; echo oops >&2; exit 3: exit code 3",
                                Effect.POSSIBLY_CHANGED));
        assertThat(bench.answer("grep", "{'pattern':'ret\\\\w+ \\\\d'}"))
                .isEqualTo("src/a.py:2:     return 2\n(1 line.)");
        assertThat(bench.answer("glob", "{'pattern':'*.py'}")).isEqualTo("src/a.py\n(1 file.)");
        assertThat(bench.answer("list_files", "{}")).isEqualTo("src/\nsrc/a.py\n(2 entries.)");
        assertThat(
                        bench.answer(
                                "todo",
                                "{'todos':[{'content':'look','status':'completed'},{'content':'mend','status':'pending'}]}"))
                .isEqualTo("[x] look\n[ ] mend");
    }

    @Test
    void an_unknown_tool_and_a_wrong_input_are_answers() throws Exception {
        var unknown = bench.call("format_disk", "{}");
        assertThat(unknown.answer())
                .isEqualTo(
                        new ToolAnswer(
                                "id",
                                "There is no tool 'format_disk'; the tools are read_file,"
                                        + " write_file, edit_file, bash, bash_output, bash_kill,"
                                        + " grep, glob, list_files, todo",
                                Outcome.REFUSED));
        var wrong = bench.call("bash", "{'cmd':'ls'}");
        assertThat(wrong.answer().text())
                .isEqualTo(
                        "'cmd' is not a field here; the fields are command, timeout_ms,"
                                + " description, workdir, background");
        assertThat(wrong.effect()).isEqualTo(Effect.UNTOUCHED);
        assertThat(bench.call("grep", "{}").effect()).isEqualTo(Effect.READ_ONLY);
    }

    /**
     * Nothing of it is a command or a path that a tool could do harm with: there is no wall here.
     */
    @Test
    void whatever_a_model_sends_is_answered() throws Exception {
        var random = new Random(23);
        var tools = bench.toolbox().definitions();
        for (int round = 0; round < 3_000; round++) {
            var tool = tools.get(random.nextInt(tools.size()));
            var input = JsonNodeFactory.instance.objectNode();
            for (var name : names(tool)) {
                if (random.nextInt(3) > 0) {
                    input.set(name, Workbench.json(VALUES.get(random.nextInt(VALUES.size()))));
                }
            }
            var result = bench.call(tool.name(), random.nextInt(20) == 0 ? input.path("x") : input);
            assertThat(result.summary().lines().count()).isLessThanOrEqualTo(1);
            assertThat(result.answer().text()).isNotEmpty();
        }
    }

    private static List<String> names(ToolDefinition tool) {
        return tool.inputSchema()
                .path("properties")
                .propertyStream()
                .map(Map.Entry::getKey)
                .toList();
    }

    @Test
    void edits_from_many_threads_are_all_made() throws Exception {
        var lines = IntStream.range(0, 40).mapToObj("line %d."::formatted).toList();
        bench.put("a.txt", String.join("\n", lines));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var line : lines) {
                threads.submit(
                        () ->
                                bench.call(
                                        "edit_file",
                                        "{'path':'a.txt','old_string':'%s','new_string':'done'}"
                                                .formatted(line)));
            }
        }
        assertThat(bench.content("a.txt").lines()).hasSize(40).containsOnly("done");
    }
}
