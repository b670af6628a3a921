package dev.safecoder.tool.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.safecoder.guest.Guest;
import dev.safecoder.guest.RealGuest;
import dev.safecoder.model.ToolRequest;
import dev.safecoder.process.ProgramPath;
import dev.safecoder.tool.CommandRules;
import dev.safecoder.tool.ToolResult;
import dev.safecoder.tool.Toolbox;
import dev.safecoder.tool.mcp.McpServer.Place;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Real servers beside the real guest, and a toolbox that has their tools. */
final class McpBench implements AutoCloseable {
    static final String TOKEN = "token-of-the-user-4242";

    final List<String> ready = new ArrayList<>();
    final List<String> troubles = new ArrayList<>();
    private final Path folder;
    private final Guest guest;
    private Toolbox toolbox;

    private McpBench(Path folder, Guest guest) {
        this.folder = folder;
        this.guest = guest;
        this.toolbox = new Toolbox(guest, rules());
    }

    static McpBench in(Path temp) throws IOException, InterruptedException {
        var workspace = Files.createDirectory(temp.resolve("workspace"));
        return new McpBench(
                workspace,
                RealGuest.connect(Files.createDirectory(temp.resolve("scratch")), workspace));
    }

    private static CommandRules rules() {
        return CommandRules.within(Duration.ofSeconds(30));
    }

    /** The server of the tests in this mode, with 20 s to start. */
    static McpServer server(String name, Place place, String... mode) {
        var command = new ArrayList<>(List.of("python3", script()));
        command.addAll(List.of(mode));
        return new McpServer(
                name,
                command,
                Map.of("TOKEN", TOKEN),
                place,
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                Optional.empty());
    }

    /** The same with less patience. */
    static McpServer hasty(McpServer server) {
        return new McpServer(
                server.name(),
                server.command(),
                server.environment(),
                server.place(),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                server.tools());
    }

    private static String script() {
        try {
            var resource = McpBench.class.getResource("server.py");
            return Path.of(Objects.requireNonNull(resource).toURI()).toString();
        } catch (URISyntaxException broken) {
            throw new IllegalStateException(broken);
        }
    }

    McpBench start(McpServer... servers) throws InterruptedException {
        var host =
                new HostPlace(
                        ProgramPath.of("/usr/local/bin:/usr/bin:/bin", List.of(folder)),
                        Map.of("PATH", "/usr/local/bin:/usr/bin:/bin"),
                        folder);
        var listener =
                new McpServers.Listener() {
                    @Override
                    public void ready(McpServer server, int tools) {
                        ready.add("%s %d".formatted(server.name(), tools));
                    }

                    @Override
                    public void trouble(String line) {
                        troubles.add(line);
                    }
                };
        toolbox =
                new Toolbox(
                        guest, rules(), McpServers.start(List.of(servers), guest, host, listener));
        return this;
    }

    List<String> names() {
        return toolbox.definitions().stream()
                .map(tool -> tool.name())
                .filter(name -> name.startsWith("mcp__"))
                .toList();
    }

    Toolbox toolbox() {
        return toolbox;
    }

    ToolResult call(String tool, ObjectNode input) throws InterruptedException {
        return toolbox.run(new ToolRequest("id", tool, input));
    }

    String say(String tool) throws InterruptedException {
        return call(tool, input()).answer().text();
    }

    static ObjectNode input() {
        return JsonNodeFactory.instance.objectNode();
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    void endTools() {
        toolbox.close();
    }

    @Override
    public void close() {
        toolbox.close();
        guest.close();
    }
}
