package dev.safecoder.tool;

import dev.safecoder.guest.Entry;
import dev.safecoder.guest.FileAnswer;
import dev.safecoder.guest.Guest;
import dev.safecoder.guest.ListAnswer;
import dev.safecoder.guest.WriteAnswer;
import dev.safecoder.guest.WriteRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sandbox's files for the tools: looks at them, reads and writes them through the guest, and
 * remembers how each was when this session last read or wrote it.
 */
final class SandboxFiles {
    static final int PAGE_BYTES = 256 << 10;
    private static final int MOST_SIBLINGS = 5_000;
    private static final String FOLDER = " is a folder; look into it with list_files";
    private static final int MOST_REMEMBERED = 100_000;

    private final Guest guest;
    private final Map<SandboxPath, Stamp> seen = new ConcurrentHashMap<>();

    SandboxFiles(Guest guest) {
        this.guest = guest;
    }

    /** By what a change of a file is noticed. */
    private record Stamp(long seconds, int nanos, long size) {}

    /** What stands at a path. */
    sealed interface Look {
        /**
         * A file, maybe at the other end of links.
         *
         * @param entry empty behind a link, where changes are not noticed
         */
        record File(Optional<Entry> entry, long size) implements Look {}

        /** Nothing. */
        record Missing() implements Look {}

        /** Something that is no file, or cannot be looked at; a sentence. */
        record NoFile(String reason) implements Look {}
    }

    /** A file's bytes, or why they are not to be had. */
    sealed interface Bytes {
        record Read(byte[] bytes) implements Bytes {}

        record Refused(String reason) implements Bytes {}
    }

    Look look(SandboxPath path) throws InterruptedException {
        var entry = entry(path);
        var what = "'%s'".formatted(path.shown());
        return switch (entry.kind()) {
            case FILE, FILE_TOO_LARGE -> new Look.File(Optional.of(entry), entry.size());
            case SYMLINK, GONE, FILE_UNREADABLE, FOLDER_UNREADABLE -> lookThroughLinks(path);
            case FOLDER -> new Look.NoFile(what + FOLDER);
            case FIFO -> new Look.NoFile(what + " is a named pipe, not a file");
            case SOCKET -> new Look.NoFile(what + " is a socket, not a file");
            case CHARACTER_DEVICE, BLOCK_DEVICE ->
                    new Look.NoFile(what + " is a device, not a file");
        };
    }

    private Entry entry(SandboxPath path) throws InterruptedException {
        return guest.stat(List.of(path.forGuest())).getFirst();
    }

    /** Looking never follows a link, reading does. */
    private Look lookThroughLinks(SandboxPath path) throws InterruptedException {
        return switch (guest.read(path.forGuest(), 0, 0)) {
            case FileAnswer.Content(_, var size, _) -> new Look.File(Optional.empty(), size);
            case FileAnswer.Refused(var errno, _) ->
                    switch (errno) {
                        case ErrorNumber.NO_ENTRY, ErrorNumber.NO_FOLDER -> new Look.Missing();
                        case ErrorNumber.IS_FOLDER ->
                                new Look.NoFile("'%s'%s".formatted(path.shown(), FOLDER));
                        default -> new Look.NoFile(refused("read", path, errno).reason());
                    };
        };
    }

    /** A sentence that a file is not there, with what may have been meant. */
    String missing(SandboxPath path) throws InterruptedException {
        var folder = path.parent().orElse(path);
        var what = "There is no file '%s'".formatted(path.shown());
        return switch (guest.list(folder.forGuest(), 1, MOST_SIBLINGS)) {
            case ListAnswer.Refused _ -> "%s, nor its folder".formatted(what);
            case ListAnswer.Listed(var entries, _) -> {
                var names = entries.stream().map(SandboxFiles::lastName).toList();
                var near = NearNames.to(path.name(), names);
                yield near.isEmpty() ? what : what + didYouMean(folder, near);
            }
        };
    }

    private static String didYouMean(SandboxPath folder, List<String> near) {
        var shown = new ArrayList<String>();
        for (var name : near) {
            shown.add("'%s'".formatted(folder.resolve(List.of(name)).shown()));
        }
        return ". Did you mean %s?".formatted(String.join(" or ", shown));
    }

    private static String lastName(Entry entry) {
        var text = new String(entry.path(), StandardCharsets.UTF_8);
        return text.substring(text.lastIndexOf('/') + 1);
    }

    /** One page of a file, from {@code offset}. */
    Bytes page(SandboxPath path, long offset, int most) throws InterruptedException {
        return switch (guest.read(path.forGuest(), offset, most)) {
            case FileAnswer.Content(var bytes, _, _) -> new Bytes.Read(bytes);
            case FileAnswer.Refused(var errno, _) -> refused("read", path, errno);
        };
    }

    /** A whole file of at most {@code most} bytes. */
    Bytes whole(SandboxPath path, int most) throws InterruptedException {
        var whole = new ByteArrayOutputStream();
        while (true) {
            switch (page(path, whole.size(), PAGE_BYTES)) {
                case Bytes.Refused refused -> {
                    return refused;
                }
                case Bytes.Read(var bytes) when bytes.length == 0 -> {
                    return new Bytes.Read(whole.toByteArray());
                }
                case Bytes.Read(var bytes) -> whole.writeBytes(bytes);
            }
            if (whole.size() > most) {
                return new Bytes.Refused(
                        "'%s' is larger than %d MiB".formatted(path.shown(), most >> 20));
            }
        }
    }

    /** Writes a whole file and remembers it; the reason when it could not be written. */
    Optional<String> write(SandboxPath path, byte[] bytes) throws InterruptedException {
        try (var content = new ByteArrayInputStream(bytes)) {
            var request = WriteRequest.file(path.forGuest(), bytes.length);
            return switch (guest.write(request, content)) {
                case WriteAnswer.Written _ -> {
                    remember(path, Optional.of(entry(path)));
                    yield Optional.empty();
                }
                case WriteAnswer.Refused(var errno, _) ->
                        Optional.of(refused("written", path, errno).reason());
            };
        } catch (IOException cause) {
            throw new IllegalStateException("an array of bytes cannot be read", cause);
        }
    }

    private static Bytes.Refused refused(String what, SandboxPath path, int errno) {
        return new Bytes.Refused(
                "'%s' cannot be %s: %s".formatted(path.shown(), what, ErrorNumber.say(errno)));
    }

    /** This is how the file was when the session read or wrote it. */
    void remember(SandboxPath path, Optional<Entry> entry) {
        if (seen.size() < MOST_REMEMBERED || seen.containsKey(path)) {
            entry.filter(found -> found.kind() == Entry.Kind.FILE)
                    .ifPresent(found -> seen.put(path, stamp(found)));
        }
    }

    /** A sentence when the file has changed since this session read or wrote it. */
    Optional<String> staleness(SandboxPath path, Look.File file) {
        var before = Optional.ofNullable(seen.get(path));
        boolean stale =
                before.isPresent()
                        && file.entry().isPresent()
                        && !before.equals(file.entry().map(SandboxFiles::stamp));
        return stale
                ? Optional.of(
                        "'%s' has changed since it was read; read it again".formatted(path.shown()))
                : Optional.empty();
    }

    private static Stamp stamp(Entry entry) {
        return new Stamp(entry.mtimeSeconds(), entry.mtimeNanos(), entry.size());
    }
}
