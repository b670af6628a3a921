package dev.safecoder.text;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Bytes as the lines that a person is shown; what is too long for a line is cut, and says so. The
 * lines are not encoded yet.
 */
public final class ShownLines extends OutputStream {
    private static final int MOST_SHOWN = 4_096;

    private final Consumer<String> to;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int leftOut;

    public ShownLines(Consumer<String> to) {
        this.to = to;
    }

    @Override
    public void write(int one) {
        if (one == '\n') {
            show();
        } else if (line.size() < MOST_SHOWN) {
            line.write(one);
        } else {
            leftOut++;
        }
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        for (int at = from; at < from + length; at++) {
            write(bytes[at]);
        }
    }

    private void show() {
        var text = line.toString(StandardCharsets.UTF_8);
        to.accept(leftOut == 0 ? text : text + " … and %d bytes".formatted(leftOut));
        line.reset();
        leftOut = 0;
    }

    @Override
    public void close() {
        if (line.size() > 0) {
            show();
        }
    }
}
