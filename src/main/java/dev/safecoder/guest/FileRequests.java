package dev.safecoder.guest;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The requests about files: read, write, list, stat, mask. */
final class FileRequests {
    private static final Set<GuestFrame> READ_ANSWERS =
            Set.of(
                    GuestFrame.INFO,
                    GuestFrame.DATA,
                    GuestFrame.DONE,
                    GuestFrame.FAILED,
                    GuestFrame.CLOSED);
    private static final Set<GuestFrame> WRITE_ANSWERS =
            Set.of(GuestFrame.CREDIT, GuestFrame.DONE, GuestFrame.FAILED, GuestFrame.CLOSED);
    private static final Set<GuestFrame> ENTRY_ANSWERS =
            Set.of(GuestFrame.ENTRY, GuestFrame.DONE, GuestFrame.FAILED, GuestFrame.CLOSED);
    private static final long KEEP_MODE = 0xFFFF_FFFFL;
    private static final int MOST_PATH = 4_095;
    private static final int MOST_MASKED = 100_000;

    /** What of a frame the paths of one STAT may fill. */
    private static final int PORTION_BYTES = FrameBuilder.MOST_PAYLOAD - 4;

    private final Link link;

    FileRequests(Link link) {
        this.link = link;
    }

    /** What Linux would say to a path that is none; asked for by models, so not a bug. */
    private static Optional<Answer.Failure> refusal(byte[] path) {
        if (path.length == 0) {
            return Optional.of(new Answer.Failure(LinuxErrors.ENOENT, "path"));
        }
        if (path.length > MOST_PATH) {
            return Optional.of(new Answer.Failure(LinuxErrors.ENAMETOOLONG, "path"));
        }
        for (byte one : path) {
            if (one == 0) {
                return Optional.of(new Answer.Failure(LinuxErrors.EINVAL, "path"));
            }
        }
        return Optional.empty();
    }

    FileAnswer read(byte[] path, long offset, int most) throws InterruptedException {
        var refusal = refusal(path);
        if (refusal.isPresent()) {
            return refused(refusal.get());
        }
        var request = FrameBuilder.of(HostFrame.READ).path(path).u64(offset).u64(most);
        return link.ask(request, READ_ANSWERS, exchange -> content(exchange, most));
    }

    private static FileAnswer content(Exchange exchange, int most)
            throws ProtocolBreach, InterruptedException {
        var info = exchange.next();
        if (info.type() == GuestFrame.FAILED) {
            return refused(info.failure());
        }
        if (info.type() != GuestFrame.INFO) {
            throw info.unexpected();
        }
        info.constant(Entry.Kind.values());
        int mode = EntryAnswer.mode(info);
        long size = info.u64();
        info.end();
        var bytes = new ByteArrayOutputStream();
        while (true) {
            var answer = exchange.next();
            switch (answer.type()) {
                case DATA -> {
                    if (answer.piece().length > most - bytes.size()) {
                        throw new ProtocolBreach(
                                "more than the %d bytes that were to be read".formatted(most));
                    }
                    bytes.writeBytes(answer.piece());
                }
                case DONE -> {
                    answer.done();
                    return new FileAnswer.Content(bytes.toByteArray(), size, mode);
                }
                case FAILED -> {
                    return refused(answer.failure());
                }
                default -> throw answer.unexpected();
            }
        }
    }

    private static FileAnswer refused(Answer.Failure failure) {
        return new FileAnswer.Refused(failure.errno(), failure.step());
    }

    WriteAnswer write(WriteRequest request, InputStream content)
            throws IOException, InterruptedException {
        var refusal = refusal(request.path());
        if (refusal.isPresent()) {
            return new WriteAnswer.Refused(refusal.get().errno(), refusal.get().step());
        }
        var frame =
                FrameBuilder.of(HostFrame.WRITE)
                        .u8(request.kind().ordinal())
                        .u32(request.mode().isPresent() ? request.mode().getAsInt() : KEEP_MODE)
                        .path(request.path())
                        .u64(request.size());
        return link.<WriteAnswer, IOException>ask(
                frame,
                WRITE_ANSWERS,
                exchange -> {
                    boolean isWhole = send(exchange, content, request.size());
                    var answer = exchange.next();
                    return switch (answer.type()) {
                        case DONE -> {
                            if (!isWhole) {
                                throw answer.unexpected();
                            }
                            answer.done();
                            yield new WriteAnswer.Written();
                        }
                        case FAILED -> {
                            var failure = answer.failure();
                            yield new WriteAnswer.Refused(failure.errno(), failure.step());
                        }
                        default -> throw answer.unexpected();
                    };
                });
    }

    /** False when the guest has answered already, so that the rest was not sent. */
    private static boolean send(Exchange exchange, InputStream content, long size)
            throws IOException, InterruptedException {
        var piece = new byte[(int) Math.min(size, FrameBuilder.MOST_PAYLOAD)];
        long left = size;
        while (left > 0) {
            int count = content.readNBytes(piece, 0, (int) Math.min(left, piece.length));
            if (count == 0) {
                throw new EOFException(
                        "the content ended %d bytes short of %d".formatted(left, size));
            }
            for (int sent = 0; sent < count; ) {
                int more = exchange.sendPiece(HostFrame.DATA, piece, sent, count - sent);
                if (more == 0) {
                    return false;
                }
                sent += more;
            }
            left -= count;
        }
        return true;
    }

    ListAnswer list(byte[] path, int depth, int most) throws InterruptedException {
        var refusal = refusal(path);
        if (refusal.isPresent()) {
            return new ListAnswer.Refused(refusal.get().errno(), refusal.get().step());
        }
        int oneMore = most == Integer.MAX_VALUE ? most : most + 1;
        var request = FrameBuilder.of(HostFrame.LIST).path(path).u32(depth).u32(oneMore);
        return link.ask(
                request,
                ENTRY_ANSWERS,
                exchange -> {
                    var entries = new ArrayList<Entry>();
                    var last = entries(exchange, entries, oneMore);
                    if (last.type() == GuestFrame.FAILED) {
                        var failure = last.failure();
                        return new ListAnswer.Refused(failure.errno(), failure.step());
                    }
                    last.done();
                    boolean complete = entries.size() <= most;
                    return new ListAnswer.Listed(
                            complete ? entries : entries.subList(0, most), complete);
                });
    }

    /** Collects entries until DONE or FAILED, which it returns. */
    private static Answer entries(Exchange exchange, List<Entry> entries, int most)
            throws ProtocolBreach, InterruptedException {
        while (true) {
            var answer = exchange.next();
            switch (answer.type()) {
                case ENTRY -> {
                    if (entries.size() == most) {
                        throw new ProtocolBreach(
                                "more than the %d entries that were asked for".formatted(most));
                    }
                    entries.add(EntryAnswer.read(answer));
                }
                case DONE, FAILED -> {
                    return answer;
                }
                default -> throw answer.unexpected();
            }
        }
    }

    List<Entry> stat(List<byte[]> paths) throws InterruptedException {
        return inPortions(paths, this::statSome);
    }

    private interface Portion {
        List<Entry> ask(List<byte[]> paths) throws InterruptedException;
    }

    /** As many requests as it takes for each to fit into a frame. */
    private static List<Entry> inPortions(List<byte[]> paths, Portion portion)
            throws InterruptedException {
        var entries = new ArrayList<Entry>(paths.size());
        for (int from = 0; from < paths.size(); ) {
            int to = from;
            int bytes = 0;
            while (to < paths.size() && bytes + 4 + paths.get(to).length <= PORTION_BYTES) {
                bytes += 4 + paths.get(to).length;
                to++;
            }
            if (to == from) {
                throw new IllegalArgumentException(
                        "a path of %d bytes".formatted(paths.get(from).length));
            }
            entries.addAll(portion.ask(paths.subList(from, to)));
            from = to;
        }
        return List.copyOf(entries);
    }

    private List<Entry> statSome(List<byte[]> paths) throws InterruptedException {
        var request = FrameBuilder.of(HostFrame.STAT).u32(paths.size());
        paths.forEach(request::path);
        return link.ask(
                request,
                ENTRY_ANSWERS,
                exchange -> {
                    var entries = new ArrayList<Entry>(paths.size());
                    done(entries(exchange, entries, paths.size()), "look at paths");
                    for (int at = 0; at < paths.size(); at++) {
                        if (at >= entries.size()
                                || !Arrays.equals(entries.get(at).path(), paths.get(at))) {
                            throw new ProtocolBreach("other entries than were asked for");
                        }
                    }
                    return entries;
                });
    }

    List<Entry> mask(List<String> patterns) throws InterruptedException {
        return mask(FrameBuilder.of(HostFrame.MASK).texts(patterns).u32(0));
    }

    List<Entry> hide(List<byte[]> paths) throws InterruptedException {
        return inPortions(paths, this::hideSome);
    }

    private List<Entry> hideSome(List<byte[]> paths) throws InterruptedException {
        var request = FrameBuilder.of(HostFrame.MASK).u32(0).u32(paths.size());
        paths.forEach(request::path);
        return mask(request);
    }

    private List<Entry> mask(FrameBuilder request) throws InterruptedException {
        return link.ask(
                request,
                ENTRY_ANSWERS,
                exchange -> {
                    var entries = new ArrayList<Entry>();
                    done(entries(exchange, entries, MOST_MASKED), "hide the masked files");
                    for (var entry : entries) {
                        if (entry.kind() != Entry.Kind.GONE) {
                            throw new ProtocolBreach("a masked path that is not gone");
                        }
                    }
                    return List.copyOf(entries);
                });
    }

    /** The answer to what must always be possible. */
    static Answer.Done done(Answer answer, String what) throws ProtocolBreach {
        if (answer.type() == GuestFrame.FAILED) {
            var failure = answer.failure();
            throw GuestException.cannot(what, failure.errno(), failure.step());
        }
        if (answer.type() != GuestFrame.DONE) {
            throw answer.unexpected();
        }
        return answer.done();
    }
}
