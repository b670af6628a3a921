package dev.safecoder.sandbox.bubblewrap;

import dev.safecoder.guest.GuestStream;
import dev.safecoder.process.RunningProgram;
import java.io.InputStream;
import java.io.OutputStream;

/** The guest's standard input and output; bubblewrap hands both on to it. */
record BubblewrapStream(RunningProgram program) implements GuestStream {
    @Override
    public InputStream input() {
        return program.output();
    }

    @Override
    public OutputStream output() {
        return program.input();
    }

    @Override
    public void kill() {
        program.kill();
    }

    @Override
    public String lastWords() {
        return program.lastWords();
    }
}
