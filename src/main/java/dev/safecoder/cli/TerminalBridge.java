package dev.safecoder.cli;

import dev.safecoder.guest.Command;
import dev.safecoder.guest.Command.Streams;
import dev.safecoder.guest.CommandEnd;
import dev.safecoder.guest.CommandOutput;
import dev.safecoder.guest.Guest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Executors;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.NonBlocking;
import org.jline.utils.NonBlockingInputStream;

/**
 * The user's terminal joined to a terminal of the command's own, keys and sizes included. Here, and
 * only here, and only because the user asked for it with {@code -t}, the command's bytes reach the
 * terminal as they are.
 */
final class TerminalBridge {
    private static final int WAIT_MILLIS = 50;

    private final Console console;

    TerminalBridge(Console console) {
        this.console = console;
    }

    CommandEnd run(Guest guest, Command command) throws IOException, InterruptedException {
        if (!console.isTerminal()) {
            return inside(guest, command.with(new Streams.Terminal(24, 80)));
        }
        try (var terminal = TerminalBuilder.builder().system(true).build()) {
            var size = terminal.getSize();
            var sized = command.with(new Streams.Terminal(size.getRows(), size.getColumns()));
            var before = terminal.enterRawMode();
            try {
                return joined(terminal, guest, sized);
            } finally {
                terminal.setAttributes(before);
            }
        }
    }

    private CommandEnd joined(Terminal terminal, Guest guest, Command command)
            throws InterruptedException {
        try (var running = guest.start(command, new Raw())) {
            terminal.handle(
                    Terminal.Signal.WINCH,
                    _ -> {
                        var size = terminal.getSize();
                        running.resize(size.getRows(), size.getColumns());
                    });
            try (var keys = Executors.newVirtualThreadPerTaskExecutor()) {
                var pouring = keys.submit(() -> pour(keysOf(terminal), running.input()));
                var end = running.await();
                pouring.cancel(true);
                return end;
            }
        }
    }

    private static NonBlockingInputStream keysOf(Terminal terminal) {
        return NonBlocking.nonBlocking("keys", terminal.input());
    }

    /** Waits in short turns, so that the key after the command's end is not its own any more. */
    private static Void pour(NonBlockingInputStream keys, OutputStream into) throws IOException {
        while (!Thread.currentThread().isInterrupted()) {
            int key = keys.read(WAIT_MILLIS);
            if (key == NonBlockingInputStream.EOF) {
                into.close();
                return null;
            }
            if (key >= 0) {
                into.write(key);
                while (keys.available() > 0) {
                    into.write(keys.read());
                }
                into.flush();
            }
        }
        return null;
    }

    private CommandEnd inside(Guest guest, Command command) throws InterruptedException {
        try (var running = guest.start(command, new Raw())) {
            StandardInput.pourInto(running.input());
            return running.await();
        }
    }

    private final class Raw implements CommandOutput {
        @Override
        public void out(byte[] bytes) {
            console.bytes().write(bytes, 0, bytes.length);
            console.bytes().flush();
        }

        @Override
        public void err(byte[] bytes) {
            out(bytes);
        }
    }
}
