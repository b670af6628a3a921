package dev.safecoder.tool.mcp;

import dev.safecoder.process.HostCommand;
import dev.safecoder.process.RunningProgram;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Optional;

/** A server on the user's machine. */
final class HostProcess implements ServerProcess {
    private static final int PIECE = 8192;

    private final RunningProgram running;

    private HostProcess(RunningProgram running) {
        this.running = running;
    }

    static ServerProcess start(HostPlace place, McpServer server, Hearer hearer)
            throws IOException, InterruptedException {
        var name = server.command().getFirst();
        var program =
                find(place, name)
                        .orElseThrow(
                                () ->
                                        new IOException(
                                                "this machine has no program '%s'"
                                                        .formatted(name)));
        var environment = new HashMap<>(place.environment());
        environment.putAll(server.environment());
        var arguments = server.command().subList(1, server.command().size());
        var running =
                RunningProgram.start(
                        new HostCommand(program, arguments, environment, place.folder()));
        // no virtual thread: in a pipe's read it would keep its carrier
        Thread.ofPlatform()
                .daemon()
                .name("output of " + server.name())
                .start(() -> hear(running, hearer));
        return new HostProcess(running);
    }

    private static Optional<Path> find(HostPlace place, String name) {
        try {
            var path = Path.of(name);
            if (path.isAbsolute()) {
                return Optional.of(path);
            }
            return path.getNameCount() == 1 ? place.programs().find(name) : Optional.empty();
        } catch (InvalidPathException noName) {
            return Optional.empty();
        }
    }

    private static void hear(RunningProgram running, Hearer hearer) {
        try {
            pass(running.output(), hearer);
        } catch (IOException closed) {
            running.kill(); // nothing more can be heard of it
        }
        var ending = running.ending();
        hearer.err(running.errorText().getBytes(StandardCharsets.UTF_8));
        hearer.ended(ending);
    }

    private static void pass(InputStream output, Hearer hearer) throws IOException {
        var piece = new byte[PIECE];
        for (int read = output.read(piece); read >= 0; read = output.read(piece)) {
            hearer.out(Arrays.copyOf(piece, read));
        }
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        running.input().write(bytes);
        running.input().flush();
    }

    @Override
    public void end() {
        running.kill();
    }
}
