package dev.safecoder.guest;

import static dev.safecoder.guest.Lies.LIST;
import static dev.safecoder.guest.Lies.MASK;
import static dev.safecoder.guest.Lies.SCAN;
import static dev.safecoder.guest.Lies.STAT;
import static dev.safecoder.guest.Lies.say;

import dev.safecoder.guest.Lies.Case;
import dev.safecoder.guest.ScriptedGuest.Fields;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.Stream;

/** Entries, paths and counts that no guest may send. */
final class FileLies {
    private FileLies() {}

    static List<Case> all() {
        return Stream.of(paths(), counts(), scans()).flatMap(List::stream).toList();
    }

    private static List<Case> paths() {
        return Stream.of("/etc/passwd", "../x", "a/../../x", "a/..", ".", "./a", "a//b", "a/")
                .map(
                        path ->
                                new Case(
                                        "the scanned path '%s'".formatted(path),
                                        SCAN,
                                        say(GuestFrame.ENTRY, ScriptedGuest.entry(2, 0, path)),
                                        "ENTRY with a path that leaves the root"))
                .toList();
    }

    private static List<Case> counts() {
        return List.of(
                new Case(
                        "an empty path",
                        SCAN,
                        say(GuestFrame.ENTRY, ScriptedGuest.entry(2, 0, "")),
                        "ENTRY with an empty path"),
                new Case(
                        "a NUL in a path",
                        LIST,
                        say(GuestFrame.ENTRY, ScriptedGuest.entry(2, 0, "a\0b")),
                        "ENTRY with a NUL byte in a path"),
                new Case(
                        "a file that is written before its content is sent",
                        guest ->
                                guest.write(
                                        WriteRequest.file(new byte[] {'f'}, 1 << 20),
                                        new ByteArrayInputStream(new byte[1 << 20])),
                        say(GuestFrame.DONE, new Fields().u64(0).u64(0)),
                        "DONE out of turn"),
                new Case(
                        "an entry that was never asked for",
                        STAT,
                        (guest, stream) -> {
                            guest.say(GuestFrame.ENTRY, stream, ScriptedGuest.entry(1, 0, "a"));
                            guest.say(GuestFrame.ENTRY, stream, ScriptedGuest.entry(1, 0, "c"));
                            guest.say(GuestFrame.DONE, stream, new Fields().u64(2).u64(0));
                        },
                        "other entries than were asked for"),
                new Case(
                        "too few entries",
                        STAT,
                        say(GuestFrame.DONE, new Fields().u64(2).u64(0)),
                        "other entries than were asked for"),
                new Case(
                        "a masked path that is still there",
                        MASK,
                        (guest, stream) -> {
                            guest.say(GuestFrame.ENTRY, stream, ScriptedGuest.entry(1, 0, ".env"));
                            guest.say(GuestFrame.DONE, stream, new Fields().u64(1).u64(0));
                        },
                        "a masked path that is not gone"),
                new Case(
                        "a listing without end",
                        LIST,
                        (guest, stream) -> {
                            for (int index = 0; index < 12; index++) {
                                guest.say(GuestFrame.ENTRY, stream, ScriptedGuest.entry(1, 0, "a"));
                            }
                        },
                        "more than the 11 entries that were asked for"));
    }

    private static List<Case> scans() {
        return List.of(
                new Case(
                        "entries over the budget",
                        SCAN,
                        (guest, stream) -> {
                            for (int index = 0; index < 4; index++) {
                                guest.say(GuestFrame.ENTRY, stream, ScriptedGuest.entry(2, 0, "a"));
                            }
                        },
                        "more than the 3 entries of its budget"),
                new Case(
                        "a file over the budget",
                        SCAN,
                        (guest, stream) -> {
                            guest.say(GuestFrame.ENTRY, stream, ScriptedGuest.entry(1, 1, "a"));
                            guest.say(GuestFrame.DATA, stream, new Fields().raw(new byte[1_001]));
                        },
                        "more bytes than the budget of a scan"),
                new Case(
                        "content of a folder",
                        SCAN,
                        (guest, stream) -> {
                            guest.say(GuestFrame.ENTRY, stream, ScriptedGuest.entry(2, 1, "a"));
                            guest.say(GuestFrame.DATA, stream, new Fields().u8(1));
                        },
                        "DATA out of turn"),
                new Case(
                        "content of git's folder",
                        SCAN,
                        (guest, stream) -> {
                            guest.say(GuestFrame.ENTRY, stream, ScriptedGuest.entry(1, 1, ".GIT"));
                            guest.say(GuestFrame.DATA, stream, new Fields().u8(1));
                        },
                        "DATA out of turn"),
                new Case(
                        "an entry inside a file",
                        SCAN,
                        (guest, stream) -> {
                            guest.say(GuestFrame.ENTRY, stream, ScriptedGuest.entry(1, 1, "a"));
                            guest.say(GuestFrame.ENTRY, stream, ScriptedGuest.entry(1, 1, "b"));
                        },
                        "ENTRY out of turn"),
                new Case(
                        "a count that is not true",
                        SCAN,
                        say(GuestFrame.DONE, new Fields().u64(1L << 60).u64(0)),
                        "a scan of 0 entries and 0 bytes that counts 1152921504606846976 and 0"),
                new Case(
                        "entries of a baseline",
                        Lies.scan(ScanRequest.Extent.BASELINE),
                        say(GuestFrame.ENTRY, ScriptedGuest.entry(2, 0, "a")),
                        "ENTRY out of turn"));
    }
}
