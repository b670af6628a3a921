package dev.safecoder.guest;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A guest that says what a test wants, true or not, over a pair of pipes. */
final class ScriptedGuest implements GuestStream, AutoCloseable {
    private final Pipe toHost;
    private final Pipe toGuest;
    private final AtomicInteger kills = new AtomicInteger();
    private final ExecutorService player = Executors.newVirtualThreadPerTaskExecutor();
    private final DataInputStream heard;
    private final OutputStream said;

    /** What the guest does. */
    @FunctionalInterface
    interface Script {
        void play(ScriptedGuest guest) throws IOException, InterruptedException;
    }

    /** A frame of the host's. */
    record Heard(int type, int stream, byte[] payload) {}

    private ScriptedGuest() throws IOException {
        toHost = Pipe.open();
        toGuest = Pipe.open();
        heard = new DataInputStream(Channels.newInputStream(toGuest.source()));
        said = Channels.newOutputStream(toHost.sink());
    }

    /** Plays the script at once, from before the greeting. */
    static ScriptedGuest rude(Script script) throws IOException {
        var guest = new ScriptedGuest();
        guest.player.submit(
                () -> {
                    script.play(guest);
                    return script;
                });
        return guest;
    }

    /** Greets as it should, then plays the script. */
    static ScriptedGuest polite(Script script) throws IOException {
        return rude(
                guest -> {
                    guest.hear();
                    guest.sayHello();
                    script.play(guest);
                });
    }

    Heard hear() throws IOException {
        int length = heard.readInt();
        int type = heard.readUnsignedByte();
        int stream = heard.readInt();
        var payload = new byte[length - 5];
        heard.readFully(payload);
        return new Heard(type, stream, payload);
    }

    /** Skips frames until one of this type comes. */
    Heard hear(HostFrame type) throws IOException {
        while (true) {
            var frame = hear();
            if (frame.type() == type.code()) {
                return frame;
            }
        }
    }

    void sayHello() throws IOException {
        say(GuestFrame.HELLO, 0, new Fields().u16(1).u8(0).u32(1000).u32(1000).text("x86_64"));
    }

    void say(GuestFrame type, int stream, Fields fields) throws IOException {
        sayRaw(frame(type.code(), stream, fields.bytes()));
    }

    void say(GuestFrame type, int stream) throws IOException {
        say(type, stream, new Fields());
    }

    void sayRaw(byte[] bytes) throws IOException {
        said.write(bytes);
    }

    void hangUp() throws IOException {
        toHost.sink().close();
    }

    static byte[] frame(int type, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .putInt(5 + payload.length)
                .put((byte) type)
                .putInt(stream)
                .put(payload)
                .array();
    }

    /** A payload, field by field. */
    static final class Fields {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Fields u8(int value) {
            bytes.write(value);
            return this;
        }

        Fields u16(int value) {
            return u8(value >> 8).u8(value);
        }

        Fields u32(long value) {
            return u16((int) (value >> 16)).u16((int) value);
        }

        Fields u64(long value) {
            return u32(value >> 32).u32(value);
        }

        Fields raw(byte[] value) {
            bytes.writeBytes(value);
            return this;
        }

        Fields text(String value) {
            var encoded = value.getBytes(StandardCharsets.UTF_8);
            return u32(encoded.length).raw(encoded);
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }

    static Fields entry(int kind, long size, String path) {
        return new Fields().u8(kind).u32(0644).u64(size).u64(0).u32(0).u32(1).text(path);
    }

    int kills() {
        return kills.get();
    }

    @Override
    public InputStream input() {
        return Channels.newInputStream(toHost.source());
    }

    @Override
    public OutputStream output() {
        return Channels.newOutputStream(toGuest.sink());
    }

    @Override
    public void kill() {
        kills.incrementAndGet();
        player.shutdownNow();
        closeAll();
    }

    @Override
    public String lastWords() {
        return "exit code 1";
    }

    @Override
    public void close() {
        closeAll();
        player.close();
    }

    private void closeAll() {
        try {
            toHost.sink().close();
            toHost.source().close();
            toGuest.sink().close();
            toGuest.source().close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
