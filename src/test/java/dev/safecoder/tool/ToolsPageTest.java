package dev.safecoder.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.safecoder.guest.RealGuest;
import dev.safecoder.model.ToolDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page about the tools names what the definitions hold. */
class ToolsPageTest {
    private static final Pattern TOOL = Pattern.compile("## `(\\w+)`");
    private static final Pattern FIELD =
            Pattern.compile("\\| `(\\w+)` \\| (required|optional) \\|.*");

    private record Input(String name, String need) {}

    @Test
    void the_page_has_every_tool_with_its_fields_in_order(@TempDir Path temp) throws Exception {
        try (var bench = Workbench.in(temp)) {
            var defined = new LinkedHashMap<String, List<Input>>();
            for (var tool : bench.toolbox().definitions()) {
                defined.put(tool.name(), inputs(tool));
            }
            assertThat(page()).containsExactlyEntriesOf(defined);
        }
    }

    private static Map<String, List<Input>> page() throws Exception {
        var tools = new LinkedHashMap<String, List<Input>>();
        var current = new ArrayList<Input>();
        for (var line : Files.readAllLines(Path.of("docs/tools.md"))) {
            var tool = TOOL.matcher(line);
            var field = FIELD.matcher(line);
            if (tool.matches()) {
                current = new ArrayList<>();
                tools.put(tool.group(1), current);
            } else if (field.matches()) {
                current.add(new Input(field.group(1), field.group(2)));
            }
        }
        return tools;
    }

    private static List<Input> inputs(ToolDefinition tool) {
        var required = new ArrayList<String>();
        tool.inputSchema().path("required").forEach(name -> required.add(name.asText()));
        return tool.inputSchema()
                .path("properties")
                .propertyStream()
                .map(Map.Entry::getKey)
                .map(name -> new Input(name, required.contains(name) ? "required" : "optional"))
                .toList();
    }

    @Test
    void schemas_are_closed_and_every_field_is_described(@TempDir Path temp) throws Exception {
        try (var guest = RealGuest.connect(temp, temp);
                var toolbox = new Toolbox(guest, CommandRules.within(Duration.ofMinutes(2)))) {
            for (var tool : toolbox.definitions()) {
                assertThat(tool.description().length()).as(tool.name()).isBetween(20, 500);
                assertClosed(tool.inputSchema());
            }
        }
    }

    private static void assertClosed(JsonNode schema) {
        assertThat(schema.path("type").asText()).isEqualTo("object");
        assertThat(schema.path("additionalProperties").isBoolean()).isTrue();
        assertThat(schema.path("additionalProperties").booleanValue()).isFalse();
        for (var property : schema.path("properties")) {
            assertThat(property.path("description").asText()).isNotBlank();
            if (property.path("type").asText().equals("array")) {
                assertClosed(property.path("items"));
            }
        }
    }

    @Test
    void a_definition_is_the_schema_of_its_fields(@TempDir Path temp) throws Exception {
        try (var bench = Workbench.in(temp)) {
            assertThat(bench.toolbox().definitions().getFirst().inputSchema())
                    .hasToString(
                            Workbench.json(
                                            """
                                    {"type":"object",
                                     "properties":{
                                      "path":{"type":"string","description":"The file"},
                                      "offset":{"type":"integer","minimum":1,"maximum":2147483647,
                                       "description":"The first line to show, 1 when left out"},
                                      "limit":{"type":"integer","minimum":1,"maximum":2000,
                                       "description":"How many lines to show, 2000 when left out"}},
                                     "required":["path"],
                                     "additionalProperties":false}""")
                                    .toString());
        }
    }
}
