package dev.safecoder.sandbox.container;

import dev.safecoder.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Debian's image registry on loopback, with or without a login (name {@code me}, word {@code
 * secret}).
 */
final class LoopbackRegistry implements AutoCloseable {
    private static final String LOGINS =
            "me:$2b$04$5vra8e./ef/YyfTclAvIVeX/okfndP4ug.qTP4Ue5e7i4s0NR2xkG\n";

    /** Whether the registry wants to know who asks. */
    enum Access {
        OPEN,
        LOGIN
    }

    private final Process server;
    private final int port;

    private LoopbackRegistry(Process server, int port) {
        this.server = server;
        this.port = port;
    }

    static LoopbackRegistry start(Path folder, Access access) throws Exception {
        int port = freePort();
        var logins = Files.writeString(folder.resolve("logins"), LOGINS);
        var login =
                access == Access.OPEN
                        ? ""
                        : "auth:\n  htpasswd:\n    realm: here\n    path: %s\n".formatted(logins);
        var configuration =
                """
                version: 0.1
                storage:
                  filesystem:
                    rootdirectory: %s
                http:
                  addr: 127.0.0.1:%d
                %s
                """
                        .formatted(folder.resolve("store"), port, login);
        var file = Files.writeString(folder.resolve("registry.yml"), configuration);
        var server =
                new ProcessBuilder(List.of("docker-registry", "serve", file.toString()))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("registry.log").toFile())
                        .start();
        var registry = new LoopbackRegistry(server, port);
        Eventually.holds("registry answers", Duration.ofSeconds(20), registry::answers);
        return registry;
    }

    /** A port on which nothing listens. */
    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private boolean answers() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    String name() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        server.destroyForcibly().onExit().join();
    }
}
