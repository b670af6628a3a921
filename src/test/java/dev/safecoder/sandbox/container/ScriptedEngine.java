package dev.safecoder.sandbox.container;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What answers at a socket as a test has written it down: the first line of a request to the raw
 * bytes of its answer. A request without a line gets 404.
 */
final class ScriptedEngine implements AutoCloseable {
    private final ServerSocketChannel listener;
    private final Path socket;
    private final Map<String, String> answers;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private ScriptedEngine(ServerSocketChannel listener, Path socket, Map<String, String> answers) {
        this.listener = listener;
        this.socket = socket;
        this.answers = answers;
    }

    static ScriptedEngine at(Path socket, Map<String, String> answers) throws IOException {
        var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket));
        var engine = new ScriptedEngine(listener, socket, answers);
        Thread.startVirtualThread(engine::serve);
        return engine;
    }

    /** The answer to a ping that offers an API version. */
    static String ping(String version) {
        return "HTTP/1.1 200 OK\r\nApi-Version: %s\r\nServer: Docker/1.2.3 (linux)\r\n"
                        .formatted(version)
                + "Content-Length: 2\r\n\r\nOK";
    }

    /** An answer with a body of JSON. */
    static String json(int status, String body) {
        return "HTTP/1.1 %d X\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(status, body.getBytes(StandardCharsets.UTF_8).length, body);
    }

    EngineAddress address() {
        return new EngineAddress.Unix(socket);
    }

    /** The first lines of all requests so far. */
    List<String> requests() {
        return requests;
    }

    private void serve() {
        while (listener.isOpen()) {
            try (var connection = listener.accept()) {
                answer(connection);
            } catch (IOException e) {
                // the client went away, or the test is over
            }
        }
    }

    private void answer(SocketChannel connection) throws IOException {
        var input = new BufferedInputStream(Channels.newInputStream(connection));
        var first = line(input);
        while (!line(input).isEmpty()) {
            // headers do not matter here
        }
        var request = first.replace(" HTTP/1.1", "");
        requests.add(request);
        Channels.newOutputStream(connection)
                .write(
                        answers.getOrDefault(request, json(404, "{\"message\":\"no such one\"}"))
                                .getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String line(InputStream input) throws IOException {
        return EngineHttp.line(input);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
