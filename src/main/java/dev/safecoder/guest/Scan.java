package dev.safecoder.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Set;

/** One scan: the guest's entries in order, each with its content, within the budget asked for. */
final class Scan {
    private static final Set<GuestFrame> ANSWERS =
            Set.of(
                    GuestFrame.ENTRY,
                    GuestFrame.DATA,
                    GuestFrame.DATA_END,
                    GuestFrame.DONE,
                    GuestFrame.FAILED,
                    GuestFrame.CLOSED);

    /** Linux's own limit on what a link holds. */
    private static final int MOST_TARGET = 4_096;

    private final Exchange exchange;
    private final ScanRequest request;
    private long entries;
    private long bytes;

    private Scan(Exchange exchange, ScanRequest request) {
        this.exchange = exchange;
        this.request = request;
    }

    static ScanAnswer run(Link link, ScanRequest request, Guest.EntryConsumer consumer)
            throws IOException, InterruptedException {
        var frame =
                FrameBuilder.of(HostFrame.SCAN)
                        .u8(request.extent().ordinal())
                        .u64(request.mostFileBytes())
                        .u64(request.mostTotalBytes())
                        .u32(request.mostEntries())
                        .u32(request.mostDepth());
        return link.<ScanAnswer, IOException>ask(
                frame, ANSWERS, exchange -> new Scan(exchange, request).read(consumer));
    }

    private ScanAnswer read(Guest.EntryConsumer consumer)
            throws IOException, InterruptedException, ProtocolBreach {
        while (true) {
            var answer = exchange.next();
            switch (answer.type()) {
                case ENTRY -> give(answer, consumer);
                case DONE -> {
                    return done(answer);
                }
                case FAILED -> {
                    return failed(answer.failure());
                }
                default -> throw answer.unexpected();
            }
        }
    }

    private void give(Answer answer, Guest.EntryConsumer consumer)
            throws IOException, InterruptedException, ProtocolBreach {
        if (request.extent() == ScanRequest.Extent.BASELINE) {
            throw answer.unexpected();
        }
        entries++;
        if (entries > request.mostEntries()) {
            throw new ProtocolBreach(
                    "more than the %d entries of its budget".formatted(request.mostEntries()));
        }
        var entry = EntryAnswer.readFound(answer);
        if (!hasContent(entry)) {
            consumer.accept(entry, InputStream.nullInputStream());
            return;
        }
        boolean isLink = entry.kind() == Entry.Kind.SYMLINK;
        var content =
                new PieceInput(new Content(isLink ? MOST_TARGET : request.mostFileBytes())::next);
        try {
            consumer.accept(entry, content);
            content.skipAll();
        } catch (InterruptedIOException interrupted) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw interrupted;
        }
    }

    private static boolean hasContent(Entry entry) {
        boolean isContent =
                entry.kind() == Entry.Kind.SYMLINK
                        || entry.kind() == Entry.Kind.FILE && entry.size() > 0;
        return isContent && !EntryAnswer.isGit(entry.path());
    }

    /** The pieces of one file's bytes. */
    private final class Content {
        private long left;

        Content(long most) {
            left = most;
        }

        byte[] next() throws InterruptedException {
            try {
                var answer = exchange.next();
                if (answer.type() == GuestFrame.DATA_END) {
                    answer.end();
                    return new byte[0];
                }
                if (answer.type() != GuestFrame.DATA) {
                    throw answer.unexpected();
                }
                int length = answer.piece().length;
                left -= length;
                bytes += length;
                if (left < 0 || bytes > request.mostTotalBytes()) {
                    throw new ProtocolBreach("more bytes than the budget of a scan");
                }
                return answer.piece();
            } catch (ProtocolBreach breach) {
                throw exchange.broken(breach);
            }
        }
    }

    private ScanAnswer done(Answer answer) throws ProtocolBreach {
        var done = answer.done();
        boolean isTold = request.extent() != ScanRequest.Extent.BASELINE;
        if (isTold && (done.count() != entries || done.total() != bytes)) {
            throw new ProtocolBreach(
                    "a scan of %d entries and %d bytes that counts %d and %d"
                            .formatted(entries, bytes, done.count(), done.total()));
        }
        return new ScanAnswer.Scanned(entries, bytes);
    }

    private ScanAnswer failed(Answer.Failure failure) {
        if (failure.errno() != LinuxErrors.E2BIG) {
            return new ScanAnswer.Refused(failure.errno(), failure.step());
        }
        return new ScanAnswer.OverBudget(
                switch (failure.step()) {
                    case "entries" -> "more than %d entries".formatted(request.mostEntries());
                    case "bytes" -> "more than %d bytes".formatted(request.mostTotalBytes());
                    default -> failure.step();
                });
    }
}
