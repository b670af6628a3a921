package dev.safecoder.sandbox.container;

import dev.safecoder.Eventually;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A second dockerd that is reached over TCP on loopback and shares no folder with the tests: it
 * runs in a mount namespace of its own, in which the temporary folders are empty.
 */
final class RemoteEngine implements AutoCloseable {
    /** A dockerd without a bridge of its own takes away that of every other on the machine. */
    private static final String BRIDGE = "sc-test-remote";

    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private final Process daemon;
    private final Path root;
    private final String address;

    private RemoteEngine(Process daemon, Path root, String address) {
        this.daemon = daemon;
        this.root = root;
        this.address = address;
    }

    static RemoteEngine start(List<String> more) throws Exception {
        var root = Files.createTempDirectory(Path.of("/var/tmp"), "safe-coder-remote-");
        int port = freePort();
        var address = "tcp://127.0.0.1:" + port;
        var script =
                """
                mount -t tmpfs hidden /tmp
                ip link add name "$2" type bridge && ip address add 192.0.2.1/24 dev "$2" || exit 1
                exec dockerd --data-root "$0/data" --exec-root "$0/exec" --pidfile "$0/pid" \\
                    --host "$1" --bridge "$2" --iptables=false --ip-masq=false --ip-forward=false \\
                    %s > "$0/log" 2>&1
                """
                        .formatted(String.join(" ", more));
        var daemon =
                new ProcessBuilder(
                                List.of(
                                        "unshare",
                                        "--mount",
                                        "--propagation",
                                        "private",
                                        "sh",
                                        "-c",
                                        script,
                                        root.toString(),
                                        address,
                                        BRIDGE))
                        .start();
        var engine = new RemoteEngine(daemon, root, address);
        Eventually.holds("dockerd answers", START_LIMIT, engine::answers);
        return engine;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private boolean answers() throws IOException {
        if (!daemon.isAlive()) {
            throw new IOException(Files.readString(root.resolve("log")));
        }
        return run("docker -H %s version".formatted(address)) == 0;
    }

    String address() {
        return address;
    }

    /** Brings an image of the local engine to this one. */
    void load(String image) throws Exception {
        if (run("docker save %s | docker -H %s load".formatted(image, address)) != 0) {
            throw new IOException("image %s did not load".formatted(image));
        }
    }

    private static int run(String script) throws IOException {
        var process =
                new ProcessBuilder("sh", "-c", script)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        return process.onExit().join().exitValue();
    }

    @Override
    public void close() throws IOException {
        var processes = daemon.descendants().toList();
        daemon.destroy(); // it ends its containers and its containerd
        daemon.onExit().completeOnTimeout(daemon, 20, TimeUnit.SECONDS).join();
        processes.forEach(ProcessHandle::destroyForcibly);
        daemon.destroyForcibly().onExit().join();
        run("ip link delete " + BRIDGE);
        try (var paths = Files.walk(root)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
