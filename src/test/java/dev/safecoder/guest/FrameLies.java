package dev.safecoder.guest;

import static dev.safecoder.guest.Lies.CONNECT;
import static dev.safecoder.guest.Lies.FREEZE;
import static dev.safecoder.guest.Lies.LISTEN;
import static dev.safecoder.guest.Lies.READ;
import static dev.safecoder.guest.Lies.RUN;
import static dev.safecoder.guest.Lies.STAT;
import static dev.safecoder.guest.Lies.WRITE;
import static dev.safecoder.guest.Lies.length;
import static dev.safecoder.guest.Lies.raw;
import static dev.safecoder.guest.Lies.say;

import dev.safecoder.guest.Lies.Case;
import dev.safecoder.guest.ScriptedGuest.Fields;
import java.util.List;
import java.util.stream.Stream;

/** Frames, streams and values that no guest may send. */
final class FrameLies {
    private FrameLies() {}

    static List<Case> all() {
        return Stream.of(framing(), streams(), enums()).flatMap(List::stream).toList();
    }

    private static List<Case> framing() {
        return List.of(
                new Case(
                        "length 0xFFFFFFFF",
                        READ,
                        raw(length(0xFFFF_FFFFL)),
                        "a frame of 4294967295 bytes, 5 to 65541 are allowed"),
                new Case(
                        "negative length",
                        READ,
                        raw(length(0x8000_0000L)),
                        "a frame of 2147483648 bytes"),
                new Case("one byte too long", READ, raw(length(65_542)), "a frame of 65542 bytes"),
                new Case("shorter than its head", READ, raw(length(4)), "a frame of 4 bytes"),
                new Case("length 0", READ, raw(length(0)), "a frame of 0 bytes"),
                new Case(
                        "unknown type",
                        READ,
                        raw(ScriptedGuest.frame(0x51, 1, new byte[0])),
                        "a frame of the unknown type 0x51"),
                new Case(
                        "a type of the host's",
                        READ,
                        raw(ScriptedGuest.frame(0x02, 1, new byte[0])),
                        "a frame of the unknown type 0x02"),
                new Case(
                        "a payload too short",
                        READ,
                        say(GuestFrame.INFO, new Fields().u8(1).u32(0)),
                        "INFO of 5 bytes, which is too short for its fields"),
                new Case(
                        "a payload too long",
                        READ,
                        say(GuestFrame.INFO, new Fields().u8(1).u32(0).u64(0).u8(0)),
                        "INFO with 1 bytes more than its fields"),
                new Case(
                        "a size of 2^63",
                        READ,
                        say(GuestFrame.INFO, new Fields().u8(1).u32(0).u64(Long.MIN_VALUE)),
                        "INFO with a number of 2^63 or more"),
                new Case(
                        "a field that is longer than its frame",
                        STAT,
                        say(
                                GuestFrame.ENTRY,
                                new Fields()
                                        .u8(1)
                                        .u32(0)
                                        .u64(0)
                                        .u64(0)
                                        .u32(0)
                                        .u32(1)
                                        .u32(0xFFFF_FFFFL)),
                        "too short for its fields"));
    }

    private static List<Case> streams() {
        return List.of(
                new Case(
                        "a stream never opened",
                        READ,
                        (guest, _) -> guest.say(GuestFrame.DONE, 77),
                        "DONE for stream 77, which was never opened"),
                new Case(
                        "a stream above the largest int",
                        READ,
                        (guest, _) -> guest.say(GuestFrame.DONE, -2),
                        "DONE for stream 4294967294, which was never opened"),
                new Case(
                        "data after the close",
                        READ,
                        (guest, stream) -> {
                            guest.say(GuestFrame.FAILED, stream, new Fields().u32(2).text("open"));
                            guest.say(GuestFrame.DATA, stream, new Fields().u8(1));
                        },
                        "DATA for stream 1, which had ended"),
                new Case(
                        "a second close",
                        READ,
                        (guest, stream) -> {
                            guest.say(GuestFrame.FAILED, stream, new Fields().u32(2).text("open"));
                            guest.say(GuestFrame.CLOSED, stream);
                        },
                        "CLOSED for stream 1, which had ended"),
                new Case(
                        "a second greeting",
                        READ,
                        (guest, _) -> guest.sayHello(),
                        "HELLO on stream 0 after the greeting"),
                new Case("BYE unasked", READ, say(GuestFrame.BYE, new Fields()), "BYE out of turn"),
                new Case(
                        "an answer to another request",
                        READ,
                        say(GuestFrame.LISTENING, new Fields().u16(80)),
                        "LISTENING where it has no place"),
                new Case(
                        "data before its head",
                        READ,
                        say(GuestFrame.DATA, new Fields().u8(1)),
                        "DATA out of turn"),
                new Case(
                        "a close that nobody asked for",
                        RUN,
                        say(GuestFrame.CLOSED, new Fields()),
                        "CLOSED out of turn"),
                new Case(
                        "started twice",
                        RUN,
                        (guest, stream) -> {
                            guest.say(GuestFrame.STARTED, stream, new Fields().u32(2));
                            guest.say(GuestFrame.STARTED, stream, new Fields().u32(2));
                        },
                        "STARTED out of turn"),
                new Case(
                        "credit without end",
                        WRITE,
                        (guest, stream) -> {
                            for (int index = 0; index <= 256; index++) {
                                guest.say(
                                        GuestFrame.CREDIT, stream, new Fields().u32(0xFFFF_FFFFL));
                            }
                        },
                        "bytes of credit on a stream"),
                new Case(
                        "more data than was asked for",
                        READ,
                        (guest, stream) -> {
                            guest.say(GuestFrame.INFO, stream, new Fields().u8(1).u32(0).u64(1));
                            guest.say(GuestFrame.DATA, stream, new Fields().raw(new byte[101]));
                        },
                        "more than the 100 bytes that were to be read"));
    }

    private static List<Case> enums() {
        return List.of(
                new Case(
                        "an unknown kind",
                        STAT,
                        say(GuestFrame.ENTRY, ScriptedGuest.entry(11, 0, "a")),
                        "ENTRY with 11 for a Kind"),
                new Case(
                        "an unknown way to end",
                        RUN,
                        say(GuestFrame.EXITED, new Fields().u8(2).u8(0).u32(0)),
                        "EXITED with 2 for a How"),
                new Case(
                        "a mode with the type in it",
                        STAT,
                        say(
                                GuestFrame.ENTRY,
                                new Fields()
                                        .u8(1)
                                        .u32(0100644)
                                        .u64(0)
                                        .u64(0)
                                        .u32(0)
                                        .u32(1)
                                        .text("a")),
                        "ENTRY with the mode 100644"),
                new Case(
                        "a mode with the type in it at the head of a file",
                        READ,
                        say(GuestFrame.INFO, new Fields().u8(1).u32(0100644).u64(0)),
                        "INFO with the mode 100644"),
                new Case(
                        "a second of two seconds",
                        STAT,
                        say(
                                GuestFrame.ENTRY,
                                new Fields()
                                        .u8(1)
                                        .u32(0)
                                        .u64(0)
                                        .u64(0)
                                        .u32(2_000_000_000)
                                        .u32(1)
                                        .text("a")),
                        "2000000000 nanoseconds"),
                new Case(
                        "an error number that is none",
                        FREEZE,
                        say(GuestFrame.FAILED, new Fields().u32(5_000).text("freeze")),
                        "FAILED with the error number 5000"),
                new Case(
                        "an escape sequence for a step",
                        FREEZE,
                        say(GuestFrame.FAILED, new Fields().u32(5).text("\u001b[2J")),
                        "FAILED with a word that is not ASCII"),
                new Case(
                        "a novel for a step",
                        FREEZE,
                        say(GuestFrame.FAILED, new Fields().u32(5).text("x".repeat(65))),
                        "FAILED with a word of 65 bytes"),
                new Case(
                        "no port",
                        LISTEN,
                        say(GuestFrame.LISTENING, new Fields().u8(1)),
                        "LISTENING of 1 bytes"),
                new Case(
                        "data before the connection",
                        CONNECT,
                        say(GuestFrame.DATA, new Fields().u8(1)),
                        "DATA out of turn"));
    }
}
