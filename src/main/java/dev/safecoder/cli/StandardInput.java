package dev.safecoder.cli;

import dev.safecoder.guest.GuestException;
import java.io.IOException;
import java.io.OutputStream;

/** Our standard input. */
final class StandardInput {
    private static final int PIECE = 16_384;

    private StandardInput() {}

    /** Pours it into a command until either ends; a read cannot be called off. */
    static void pourInto(OutputStream command) {
        // a virtual thread in a pipe's read keeps its carrier, and there are as few as cores
        Thread.ofPlatform().daemon().name("standard-input").start(() -> pour(command));
    }

    private static void pour(OutputStream command) {
        var buffer = new byte[PIECE];
        try (command) {
            for (int read = System.in.read(buffer); read >= 0; read = System.in.read(buffer)) {
                command.write(buffer, 0, read);
                command.flush();
            }
        } catch (IOException | GuestException ended) {
            return; // the command wants no more, or nobody types any more
        }
    }
}
