package dev.safecoder.tool.mcp;

import dev.safecoder.guest.Guest;
import dev.safecoder.tool.AddedTool;
import dev.safecoder.tool.AddedTools;
import dev.safecoder.tool.mcp.Handshake.Outcome.Failed;
import dev.safecoder.tool.mcp.Handshake.Outcome.Ready;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The servers of one session and their tools. One that does not start, or dies, takes its own tools
 * with it and nothing else. Closing ends them all with whatever they have started.
 */
public final class McpServers implements AddedTools {
    private static final int MOST_TOLD = 3;

    private final Guest guest;
    private final HostPlace host;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Connection> connections = new ArrayList<>();
    private final Map<String, AddedTool> tools = new LinkedHashMap<>();

    /** Hears how each server stands, once, in the order of the servers. */
    public interface Listener {
        void ready(McpServer server, int tools);

        /**
         * Something is left out.
         *
         * @param line which server and why, and what to do; without secrets
         */
        void trouble(String line);
    }

    private McpServers(Guest guest, HostPlace host) {
        this.guest = guest;
        this.host = host;
    }

    /** Starts all at once and waits until each has named its tools or failed to. */
    public static McpServers start(
            List<McpServer> servers, Guest guest, HostPlace host, Listener listener)
            throws InterruptedException {
        var all = new McpServers(guest, host);
        var started = false;
        try {
            all.meet(servers, listener);
            started = true;
            return all;
        } finally {
            if (!started) {
                all.close();
            }
        }
    }

    private void meet(List<McpServer> servers, Listener listener) throws InterruptedException {
        var meetings =
                servers.stream()
                        .map(
                                server -> {
                                    var connection = new Connection();
                                    connections.add(connection);
                                    return threads.submit(() -> meet(server, connection));
                                })
                        .toList();
        for (int at = 0; at < servers.size(); at++) {
            try {
                take(servers.get(at), meetings.get(at).get(), listener);
            } catch (ExecutionException failed) {
                switch (failed.getCause()) {
                    case RuntimeException failure -> throw failure; // the sandbox died
                    case Error failure -> throw failure;
                    case null, default -> throw new IllegalStateException(failed.getCause());
                }
            }
        }
    }

    private Offer meet(McpServer server, Connection connection) throws InterruptedException {
        try {
            var process = process(server, connection);
            threads.execute(() -> connection.speakTo(process));
        } catch (IOException cannot) {
            connection.ended(String.valueOf(cannot.getMessage()));
        }
        return switch (new Handshake(connection, server.startLimit()).shake()) {
            case Ready(var listed) -> Offer.of(server, connection, listed);
            case Failed(var why) -> {
                connection.close();
                yield new Offer(List.of(), List.of(why));
            }
        };
    }

    private ServerProcess process(McpServer server, Connection connection)
            throws IOException, InterruptedException {
        return switch (server.place()) {
            case SANDBOX -> SandboxProcess.start(guest, server, connection, threads);
            case HOST -> HostProcess.start(host, server, connection);
        };
    }

    private void take(McpServer server, Offer offer, Listener listener) {
        var troubles = new ArrayList<>(offer.troubles());
        int taken = 0;
        for (var tool : offer.tools()) {
            var name = tool.definition().name();
            if (tools.putIfAbsent(name, tool) == null) {
                taken++;
            } else {
                troubles.add(
                        "its tool '%s' would be the second with the name '%s'"
                                .formatted(tool.remoteName(), name));
            }
        }
        if (taken > 0) {
            listener.ready(server, taken);
        }
        if (!troubles.isEmpty()) {
            listener.trouble(server.withoutSecrets(told(server, troubles, offer.tools())));
        }
    }

    private static String told(McpServer server, List<String> troubles, List<McpTool> offered) {
        var lost = offered.isEmpty() ? "has no tools here" : "is not used in full";
        var why = String.join("; ", troubles.subList(0, Math.min(MOST_TOLD, troubles.size())));
        if (troubles.size() > MOST_TOLD) {
            why += "; and %d more".formatted(troubles.size() - MOST_TOLD);
        }
        return "%s %s: %s; mend [mcp.servers.%s] in your configuration, or set enabled = false there"
                .formatted(server, lost, why, server.name());
    }

    @Override
    public List<AddedTool> tools() {
        return List.copyOf(tools.values());
    }

    @Override
    public void close() {
        connections.forEach(Connection::close);
        // not waited for: a server that does not read may hold its writer
        threads.shutdownNow();
    }
}
