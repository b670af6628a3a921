package dev.safecoder.tool.mcp;

import dev.safecoder.guest.Command;
import dev.safecoder.guest.CommandEnd;
import dev.safecoder.guest.CommandOutput;
import dev.safecoder.guest.Guest;
import dev.safecoder.guest.GuestException;
import dev.safecoder.guest.RunningCommand;
import dev.safecoder.tool.CommandRules;
import java.io.IOException;
import java.util.HashMap;
import java.util.concurrent.Executor;

/** A server inside the sandbox: a command like any other, with its input open. */
final class SandboxProcess implements ServerProcess {
    private static final String FOLDER = "."; // the workspace
    private static final int NO_SUCH_FILE = 2;

    private final RunningCommand running;

    private SandboxProcess(RunningCommand running) {
        this.running = running;
    }

    static ServerProcess start(Guest guest, McpServer server, Hearer hearer, Executor threads) {
        var environment = new HashMap<>(CommandRules.plainEnvironment());
        environment.putAll(server.environment());
        var command =
                Command.of(server.command(), environment, FOLDER).with(new Command.Streams.Piped());
        var running = guest.start(command, new Output(hearer));
        threads.execute(() -> hearer.ended(end(running, server)));
        return new SandboxProcess(running);
    }

    private static String end(RunningCommand running, McpServer server) {
        try {
            return words(running.await(), server);
        } catch (InterruptedException closing) {
            return "the session is over";
        } catch (GuestException dead) {
            return dead.problem();
        }
    }

    private static String words(CommandEnd end, McpServer server) {
        return switch (end) {
            case CommandEnd.Exited(var code, _) -> "it ended with exit code " + code;
            case CommandEnd.Signalled(var signal, _) -> "it was ended by signal " + signal;
            case CommandEnd.TimedOut _ -> "its time was over";
            case CommandEnd.NotStarted(var errno, _) ->
                    errno == NO_SUCH_FILE
                            ? "the sandbox has no program '%s'"
                                    .formatted(server.command().getFirst())
                            : "the sandbox cannot run '%s' (error %d of Linux)"
                                    .formatted(server.command().getFirst(), errno);
        };
    }

    private record Output(Hearer hearer) implements CommandOutput {
        @Override
        public void out(byte[] bytes) {
            hearer.out(bytes);
        }

        @Override
        public void err(byte[] bytes) {
            hearer.err(bytes);
        }
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        running.input().write(bytes);
    }

    @Override
    public void end() {
        running.close();
    }
}
