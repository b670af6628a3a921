package dev.safecoder.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** Things of the host that nothing in a sandbox may see: a file, a port, an abstract socket. */
public final class HostCanaries implements AutoCloseable {
    private static final String LISTENER =
            """
            import socket, sys
            s = socket.socket(socket.AF_UNIX)
            s.bind('\\0' + sys.argv[1])
            s.listen()
            print('listening', flush=True)
            while True:
                s.accept()[0].send(b'canary')
            """;

    private final Path file;
    private final String secret = UUID.randomUUID().toString();
    private final ServerSocket port = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    private final String abstractName = "canary-" + UUID.randomUUID();
    private final Process listener;

    private HostCanaries(Path folder) throws IOException {
        file = Files.writeString(folder.resolve("outside-canary"), secret);
        listener = new ProcessBuilder("python3", "-c", LISTENER, abstractName).start();
        if (listener.getInputStream().read() != 'l') {
            throw new IOException(
                    new String(listener.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
        }
        port.setSoTimeout(1);
    }

    public static HostCanaries in(Path folder) throws IOException {
        return new HostCanaries(folder);
    }

    /** What a {@link WallCheck} is told about them. */
    public Map<String, String> facts() {
        return Map.of(
                "SC_FILE", file.toString(),
                "SC_PORT", String.valueOf(port.getLocalPort()),
                "SC_ABSTRACT", abstractName);
    }

    public String secret() {
        return secret;
    }

    /** Whether anything has connected to the port. */
    public boolean wasReached() throws IOException {
        try {
            port.accept().close();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        listener.destroyForcibly();
        port.close();
    }
}
