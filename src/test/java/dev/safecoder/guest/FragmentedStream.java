package dev.safecoder.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A transport that gives and takes one byte at a time. */
record FragmentedStream(GuestStream whole) implements GuestStream {
    @Override
    public InputStream input() {
        var input = whole.input();
        return new InputStream() {
            @Override
            public int read() throws IOException {
                return input.read();
            }

            @Override
            public int read(byte[] target, int offset, int most) throws IOException {
                return input.read(target, offset, Math.min(1, most));
            }
        };
    }

    @Override
    public OutputStream output() {
        var output = whole.output();
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                output.write(one);
                output.flush();
            }
        };
    }

    @Override
    public void kill() {
        whole.kill();
    }

    @Override
    public String lastWords() {
        return whole.lastWords();
    }
}
