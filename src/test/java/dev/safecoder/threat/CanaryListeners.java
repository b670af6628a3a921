package dev.safecoder.threat;

import dev.safecoder.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Services of the host that nothing may reach: on loopback, in a folder, and with an abstract name.
 */
final class CanaryListeners implements AutoCloseable {
    private static final String PROGRAM =
            """
            import select, socket, sys
            path, name = sys.argv[1:]
            def listening(family, address):
                s = socket.socket(family)
                s.bind(address)
                s.listen()
                return s
            sockets = {
                listening(socket.AF_UNIX, path): 'the socket in a folder',
                listening(socket.AF_UNIX, '\\0' + name): 'the abstract socket',
            }
            four = listening(socket.AF_INET, ('127.0.0.1', 0))
            port = four.getsockname()[1]
            sockets[four] = '127.0.0.1'
            if socket.has_ipv6:
                try:
                    sockets[listening(socket.AF_INET6, ('::1', port))] = '::1'
                except OSError:
                    pass
            print(port, flush=True)
            while True:
                for ready in select.select(list(sockets), [], [])[0]:
                    ready.accept()[0].close()
                    print('a connection to ' + sockets[ready], flush=True)
            """;

    private final Path log;
    private final Process process;
    private final Path socket;
    private final String abstractName = "canary-" + UUID.randomUUID();

    private CanaryListeners(Path log, Path socket) throws IOException {
        this.log = log;
        this.socket = socket;
        this.process =
                new ProcessBuilder("python3", "-c", PROGRAM, socket.toString(), abstractName)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
    }

    static CanaryListeners start(Path log, Path socket) throws Exception {
        var listeners = new CanaryListeners(log, socket);
        Eventually.holds("listening", Duration.ofSeconds(30), () -> !listeners.lines().isEmpty());
        return listeners;
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(log);
    }

    String port() throws IOException {
        return lines().getFirst();
    }

    String abstractName() {
        return abstractName;
    }

    Path socket() {
        return socket;
    }

    /** A line for each connection so far. */
    List<String> connections() throws IOException {
        var all = lines();
        return all.subList(1, all.size());
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
