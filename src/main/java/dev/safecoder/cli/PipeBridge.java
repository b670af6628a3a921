package dev.safecoder.cli;

import dev.safecoder.guest.Command;
import dev.safecoder.guest.CommandEnd;
import dev.safecoder.guest.CommandOutput;
import dev.safecoder.guest.Guest;
import java.io.IOException;

/**
 * A command's streams on ours: byte for byte where another program reads them, encoded where a
 * person does.
 */
final class PipeBridge {
    private final Console console;

    PipeBridge(Console console) {
        this.console = console;
    }

    CommandEnd run(Guest guest, Command command) throws IOException, InterruptedException {
        var output = new Output();
        try (var running = guest.start(command, output)) {
            if (command.streams() instanceof Command.Streams.Piped) {
                StandardInput.pourInto(running.input());
            }
            var end = running.await();
            output.finish();
            return end;
        }
    }

    private final class Output implements CommandOutput {
        private final TextChunks out = new TextChunks();
        private final TextChunks err = new TextChunks();

        @Override
        public void out(byte[] bytes) {
            if (console.isTerminal()) {
                console.resultText(out.next(bytes));
            } else {
                console.bytes().write(bytes, 0, bytes.length);
                console.bytes().flush();
            }
        }

        @Override
        public void err(byte[] bytes) {
            console.sayPart(err.next(bytes));
        }

        void finish() {
            console.sayPart(err.rest());
            if (console.isTerminal()) {
                console.resultText(out.rest());
            }
        }
    }
}
