package dev.safecoder.guest;

import dev.safecoder.guest.ScriptedGuest.Fields;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a lie is told to, how it is told, and what must be said of it. */
final class Lies {
    private Lies() {}

    /** One call that gets a lie for an answer. */
    @FunctionalInterface
    interface Call {
        void ask(Guest guest) throws IOException, InterruptedException;
    }

    /** What the guest says on the call's stream. */
    @FunctionalInterface
    interface Lie {
        void tell(ScriptedGuest guest, int stream) throws IOException, InterruptedException;
    }

    record Case(String name, Call call, Lie lie, String message) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final Call READ = guest -> guest.read(bytes("f"), 0, 100);
    static final Call STAT = guest -> guest.stat(List.of(bytes("a"), bytes("b")));
    static final Call LIST = guest -> guest.list(bytes("."), 1, 10);
    static final Call MASK = guest -> guest.mask(List.of(".env"));
    static final Call RUN = guest -> guest.run(command(), new Collected());
    static final Call FREEZE = guest -> guest.freeze().close();
    static final Call LISTEN = guest -> guest.listen(0).close();
    static final Call CONNECT = guest -> guest.connect(80).input().readAllBytes();
    static final Call WRITE =
            guest ->
                    guest.write(
                            WriteRequest.file(bytes("f"), 3),
                            new ByteArrayInputStream(new byte[3]));

    static Call scan(ScanRequest.Extent extent) {
        return guest ->
                guest.scan(
                        new ScanRequest(extent, 1_000, 2_000, 3, 10),
                        (entry, content) -> content.readAllBytes());
    }

    static final Call SCAN = scan(ScanRequest.Extent.DELTA);

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Command command() {
        return Command.of(List.of("true"), Map.of(), "/");
    }

    static Stream<Case> all() {
        return Stream.of(FrameLies.all(), FileLies.all()).flatMap(List::stream);
    }

    static Lie raw(byte[] frame) {
        return (guest, _) -> guest.sayRaw(frame);
    }

    static Lie say(GuestFrame type, Fields fields) {
        return (guest, stream) -> guest.say(type, stream, fields);
    }

    static byte[] length(long length) {
        return new Fields().u32(length).raw(new byte[16]).bytes();
    }
}
