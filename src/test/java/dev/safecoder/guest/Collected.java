package dev.safecoder.guest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps a command's whole output. */
final class Collected implements CommandOutput {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Override
    public synchronized void out(byte[] bytes) {
        out.writeBytes(bytes);
    }

    @Override
    public synchronized void err(byte[] bytes) {
        err.writeBytes(bytes);
    }

    synchronized byte[] outBytes() {
        return out.toByteArray();
    }

    synchronized String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    synchronized String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
