package dev.safecoder.guest;

import java.io.OutputStream;

/** A command that no kernel would have taken, so that the guest was not asked. */
record NeverStarted(CommandEnd.NotStarted end) implements RunningCommand {
    @Override
    public CommandEnd await() {
        return end;
    }

    @Override
    public OutputStream input() {
        return OutputStream.nullOutputStream();
    }

    @Override
    public void signal(int number) {}

    @Override
    public void resize(int rows, int columns) {}

    @Override
    public void close() {}
}
