package dev.safecoder.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Callable;

/** Our standard input, poured into a command until either ends. */
record StandardInput(OutputStream into) implements Callable<Void> {
    @Override
    public Void call() throws IOException {
        var buffer = new byte[16_384];
        try (into) {
            for (int read = System.in.read(buffer); read >= 0; read = System.in.read(buffer)) {
                into.write(buffer, 0, read);
                into.flush();
            }
        }
        return null;
    }
}
