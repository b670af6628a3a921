package dev.safecoder.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.safecoder.guest.Guest;
import dev.safecoder.guest.RealGuest;
import dev.safecoder.model.ToolRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The tools over the real guest, which runs as a child process on a folder of the test's. */
final class Workbench implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path workspace;
    private final Guest guest;
    private final Toolbox toolbox;

    private Workbench(Path workspace, Guest guest) {
        this.workspace = workspace;
        this.guest = guest;
        this.toolbox = new Toolbox(guest, CommandRules.within(Duration.ofMinutes(2)));
    }

    static Workbench in(Path temp) throws IOException, InterruptedException {
        var workspace = Files.createDirectory(temp.resolve("workspace"));
        var scratch = Files.createDirectory(temp.resolve("scratch"));
        return new Workbench(workspace, RealGuest.connect(scratch, workspace));
    }

    /** Calls a tool; single quotes in the input stand for double ones. */
    ToolResult call(String tool, String input) throws InterruptedException {
        return call(tool, json(input.replace('\'', '"')));
    }

    ToolResult call(String tool, JsonNode input) throws InterruptedException {
        return toolbox.run(new ToolRequest("id", tool, input));
    }

    /** Runs a line of shell, taken as it is. */
    ToolResult bash(String command) throws InterruptedException {
        return call("bash", JsonNodeFactory.instance.objectNode().put("command", command));
    }

    /** What the model reads. */
    String answer(String tool, String input) throws InterruptedException {
        return call(tool, input).answer().text();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(text, malformed);
        }
    }

    Toolbox toolbox() {
        return toolbox;
    }

    Guest guest() {
        return guest;
    }

    Path path(String name) {
        return workspace.resolve(name);
    }

    void put(String name, String content) throws IOException {
        put(name, content.getBytes(StandardCharsets.UTF_8));
    }

    void put(String name, byte[] content) throws IOException {
        Files.createDirectories(path(name).getParent());
        Files.write(path(name), content);
    }

    String content(String name) throws IOException {
        return Files.readString(path(name));
    }

    @Override
    public void close() {
        toolbox.close();
        guest.close();
    }
}
