package dev.safecoder.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.safecoder.guest.Guest;
import dev.safecoder.guest.RealGuest;
import dev.safecoder.model.ToolAnswer.Outcome;
import dev.safecoder.model.ToolDefinition;
import dev.safecoder.model.ToolRequest;
import dev.safecoder.tool.ToolResult.Effect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a toolbox makes of tools from outside. */
class AddedToolTest {
    private Guest guest;
    private boolean closed;

    @BeforeEach
    void open(@TempDir Path temp) throws Exception {
        guest = RealGuest.connect(temp, temp);
    }

    @AfterEach
    void close() {
        guest.close();
    }

    /** Answers with its input. */
    private record Echo(String name) implements AddedTool {
        @Override
        public ToolDefinition definition() {
            var schema = JsonNodeFactory.instance.objectNode().put("description", "\ud83d");
            return new ToolDefinition(name, "half \ud83d\0", schema);
        }

        @Override
        public Answer run(ObjectNode input) {
            return new Answer(input.toString() + "\r\n\u001b", Outcome.DONE);
        }
    }

    private Toolbox toolbox(String... names) {
        var added =
                new AddedTools() {
                    @Override
                    public List<AddedTool> tools() {
                        return List.of(names).stream()
                                .map(name -> (AddedTool) new Echo(name))
                                .toList();
                    }

                    @Override
                    public void close() {
                        closed = true;
                    }
                };
        return new Toolbox(guest, CommandRules.within(Duration.ofMinutes(1)), added);
    }

    private static ToolResult call(Toolbox toolbox, JsonNode input) throws InterruptedException {
        return toolbox.run(new ToolRequest("id", "echo", input));
    }

    @Test
    void its_definition_and_its_answer_can_be_sent() throws Exception {
        try (var toolbox = toolbox("echo")) {
            assertThat(toolbox.definitions().getLast().description()).isEqualTo("half \uFFFD␀");
            assertThat(toolbox.definitions().getLast().inputSchema())
                    .hasToString("{\"description\":\"\uFFFD\"}");
            assertThat(call(toolbox, Workbench.json("{\"a\":1}")).answer().text())
                    .isEqualTo("{\"a\":1}\n␛");
        }
        assertThat(closed).isTrue();
    }

    @Test
    void its_input_is_an_object_however_it_was_sent() throws Exception {
        try (var toolbox = toolbox("echo")) {
            var text = JsonNodeFactory.instance.textNode("{\"a\":1}");
            assertThat(call(toolbox, text).answer().text()).startsWith("{\"a\":1}");
            assertThat(call(toolbox, Workbench.json("null")).answer().text()).startsWith("{}");

            var refused = call(toolbox, Workbench.json("[1]"));
            assertThat(refused.answer().text()).isEqualTo("the input must be an object");
            assertThat(refused.effect()).isEqualTo(Effect.UNTOUCHED);
        }
    }

    @Test
    void a_name_is_given_once() {
        assertThatThrownBy(() -> toolbox("echo", "echo")).hasMessage("two tools are called 'echo'");
        assertThatThrownBy(() -> toolbox("bash")).hasMessage("two tools are called 'bash'");
    }
}
