package dev.safecoder.sandbox.container;

import dev.safecoder.guest.GuestStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A container's standard streams: the engine sends output and errors in one stream, each piece with
 * its source and length before it. Errors are kept as the last words.
 */
final class AttachedStream implements GuestStream {
    private static final int MOST_WORDS = 4096;
    private static final int OUTPUT = 1;

    private final HttpAnswer attached;
    private final Runnable kill;
    private final Pieces input;
    private final ByteArrayOutputStream words = new ByteArrayOutputStream();

    /**
     * @param kill ends the container; may be called more than once
     */
    AttachedStream(HttpAnswer attached, Runnable kill) {
        this.attached = attached;
        this.kill = kill;
        this.input = new Pieces(new DataInputStream(attached.body()));
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return attached.output();
    }

    @Override
    public void kill() {
        try {
            attached.close(); // its standard input ends with it, whatever the engine does next
        } catch (IOException e) {
            // it was closed already, or the engine is gone: the removal below decides
        }
        kill.run();
    }

    @Override
    public String lastWords() {
        synchronized (words) {
            var text = words.toString(StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? "its container ended" : text;
        }
    }

    private void keep(byte[] error) {
        synchronized (words) {
            words.write(error, 0, Math.min(error.length, MOST_WORDS - words.size()));
        }
    }

    /** The output alone. */
    private final class Pieces extends InputStream {
        private final DataInputStream source;
        private int left;

        Pieces(DataInputStream source) {
            this.source = source;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            while (left == 0) {
                if (!nextPiece()) {
                    return -1;
                }
            }
            int count = source.read(bytes, offset, Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }

        /** Stands at output afterwards; false at the end of the stream. */
        private boolean nextPiece() throws IOException {
            try {
                int kind = source.readInt() >>> 24;
                int size = source.readInt();
                if (size < 0 || kind > 2) {
                    throw new IOException("the engine's stream cannot be read");
                }
                if (kind == OUTPUT) {
                    left = size;
                } else {
                    keepError(size);
                }
                return true;
            } catch (EOFException e) {
                return false;
            }
        }

        private void keepError(int size) throws IOException {
            keep(source.readNBytes(Math.min(size, MOST_WORDS)));
            source.skipNBytes(Math.max(0, size - MOST_WORDS));
        }
    }
}
