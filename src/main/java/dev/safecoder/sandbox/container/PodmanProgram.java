package dev.safecoder.sandbox.container;

import dev.safecoder.process.HostCommand;
import dev.safecoder.process.RunningProgram;
import dev.safecoder.sandbox.container.EngineAddress.Unix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Podman without a service of its own: its program is made to listen at a private socket. It ends
 * by itself a few seconds after the last connection has, so it outlives neither its last use nor
 * us.
 */
final class PodmanProgram {
    private static final Duration START_LIMIT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final int IDLE_SECONDS = 10;

    private final EngineEnvironment environment;

    PodmanProgram(EngineEnvironment environment) {
        this.environment = environment;
    }

    /** Starts it; empty when there is no such program or it does not come up. */
    Optional<EngineAddress> serve() throws InterruptedException {
        var program = environment.programs().find("podman");
        if (program.isEmpty()) {
            return Optional.empty();
        }
        try {
            var socket = freshSocket();
            var service = RunningProgram.start(command(program.get(), socket));
            return awaitSocket(service, socket) ? Optional.of(new Unix(socket)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // what the search found out is the better reason
        }
    }

    /** Never the same twice: a service that ends removes the file, whoever listens at it. */
    private Path freshSocket() throws IOException {
        Files.createDirectories(environment.stateFolder());
        var name = "podman-%d-%x.sock".formatted(ProcessHandle.current().pid(), System.nanoTime());
        return environment.stateFolder().toRealPath().resolve(name);
    }

    private HostCommand command(Path program, Path socket) {
        return new HostCommand(
                program,
                List.of("system", "service", "--time=" + IDLE_SECONDS, new Unix(socket).toString()),
                environment.forPrograms(),
                environment.stateFolder());
    }

    private static boolean awaitSocket(RunningProgram service, Path socket)
            throws InterruptedException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!Files.exists(socket)) {
            if (System.nanoTime() > end || service.endsWithin(PAUSE)) {
                service.kill();
                return false;
            }
        }
        return true;
    }
}
