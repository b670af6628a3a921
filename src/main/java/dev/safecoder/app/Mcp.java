package dev.safecoder.app;

import dev.safecoder.app.Application.McpListener;
import dev.safecoder.configuration.Settings;
import dev.safecoder.configuration.Settings.RunOn;
import dev.safecoder.guest.Guest;
import dev.safecoder.process.ProgramPath;
import dev.safecoder.tool.AddedTools;
import dev.safecoder.tool.mcp.HostPlace;
import dev.safecoder.tool.mcp.McpServer;
import dev.safecoder.tool.mcp.McpServer.Place;
import dev.safecoder.tool.mcp.McpServers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Starts the user's MCP servers; their classes are loaded when there is one. */
final class Mcp {
    /** What a server on the host gets of the user's environment: enough to be found and to run. */
    private static final List<String> INHERITED =
            List.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TMPDIR");

    private final Surroundings surroundings;
    private final McpListener listener;

    Mcp(Surroundings surroundings, McpListener listener) {
        this.surroundings = surroundings;
        this.listener = listener;
    }

    AddedTools start(List<Settings.McpServer> servers, Guest guest, Path project)
            throws InterruptedException {
        servers.stream()
                .filter(server -> server.runOn() == RunOn.HOST)
                .forEach(server -> listener.outside(warning(server)));
        return McpServers.start(
                servers.stream().map(Mcp::wanted).toList(), guest, host(project), new Told());
    }

    private static String warning(Settings.McpServer server) {
        return "MCP server '%s' runs on this machine, outside of the wall and with your rights; the model can use it"
                .formatted(server.name());
    }

    private static McpServer wanted(Settings.McpServer server) {
        return new McpServer(
                server.name(),
                server.command(),
                server.environment().entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey, entry -> entry.getValue().reveal())),
                switch (server.runOn()) {
                    case SANDBOX -> Place.SANDBOX;
                    case HOST -> Place.HOST;
                },
                server.startTimeout(),
                server.callTimeout(),
                server.tools().map(HashSet::new));
    }

    private HostPlace host(Path project) {
        var environment = surroundings.places().environment();
        var inherited = new HashMap<String, String>();
        INHERITED.stream()
                .filter(environment::containsKey)
                .forEach(name -> inherited.put(name, environment.getOrDefault(name, "")));
        var programs =
                ProgramPath.of(
                        environment.getOrDefault("PATH", ""),
                        List.of(project, surroundings.places().stateFolder()));
        return new HostPlace(programs, inherited, surroundings.places().home());
    }

    private final class Told implements McpServers.Listener {
        @Override
        public void ready(McpServer server, int tools) {
            listener.ready(
                    "%s %s: %d %s"
                            .formatted(
                                    server,
                                    switch (server.place()) {
                                        case SANDBOX -> "in the sandbox";
                                        case HOST -> "on this machine";
                                    },
                                    tools,
                                    tools == 1 ? "tool" : "tools"));
        }

        @Override
        public void trouble(String line) {
            listener.trouble(line);
        }
    }
}
