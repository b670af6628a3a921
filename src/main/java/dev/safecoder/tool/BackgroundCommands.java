package dev.safecoder.tool;

import dev.safecoder.guest.Command;
import dev.safecoder.guest.CommandEnd;
import dev.safecoder.guest.Guest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The commands of a session that were started in the background, the last ended ones included. */
final class BackgroundCommands implements AutoCloseable {
    static final int MOST_RUNNING = 8;
    private static final int MOST_REMEMBERED = 64;

    private final Guest guest;
    private final Map<String, BackgroundCommand> commands = new LinkedHashMap<>();
    private final ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor();
    private int started;

    BackgroundCommands(Guest guest) {
        this.guest = guest;
    }

    /** Starts one; empty when as many as are allowed run already. */
    synchronized Optional<BackgroundCommand> start(String line, Command command) {
        if (commands.values().stream().filter(BackgroundCommand::isRunning).count()
                >= MOST_RUNNING) {
            return Optional.empty();
        }
        forgetOldest();
        var output = new CapturedOutput();
        var running = guest.start(command, output);
        var end =
                waiting.submit(
                        () -> {
                            CommandEnd how = running.await();
                            output.ended();
                            return how;
                        });
        started++;
        var background = new BackgroundCommand("b" + started, line, running, output, end);
        commands.put(background.id(), background);
        return Optional.of(background);
    }

    private void forgetOldest() {
        var oldest = commands.values().stream().filter(command -> !command.isRunning()).findFirst();
        if (commands.size() >= MOST_REMEMBERED && oldest.isPresent()) {
            commands.remove(oldest.get().id());
        }
    }

    synchronized Optional<BackgroundCommand> find(String id) {
        return Optional.ofNullable(commands.get(id));
    }

    /** The ids, for a model that has lost track. */
    synchronized String ids() {
        return commands.isEmpty() ? "none" : String.join(", ", commands.keySet());
    }

    /** Kills what runs; does not wait for it. */
    @Override
    public synchronized void close() {
        commands.values().forEach(command -> command.running().close());
        waiting.shutdownNow();
        waiting.close();
    }
}
