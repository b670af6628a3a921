package dev.safecoder.apply;

import dev.safecoder.change.BlobSource;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/**
 * Brings together what the host and the session made of one file: content and executable bit each
 * from the side that changed it, a text that both changed merged by lines.
 */
final class ThreeWay {
    private final BlobSource blobs;

    ThreeWay(BlobSource blobs) {
        this.blobs = blobs;
    }

    /** Reads the host's file. */
    @FunctionalInterface
    interface HostText {
        byte[] read() throws IOException;
    }

    private interface LineMerge {
        Optional<byte[]> of(byte[] base, byte[] host, byte[] wanted);
    }

    /** What the file should become; empty when both sides changed the same place. */
    Optional<Held.File> merge(Held.File base, Held.File host, Held.File wanted, HostText hostText)
            throws IOException {
        boolean executable = executable(base, host, wanted);
        if (host.blob().equals(base.blob())) {
            return Optional.of(
                    new Held.File(wanted.blob(), wanted.size(), executable, wanted.rights()));
        }
        if (wanted.blob().equals(base.blob()) || wanted.blob().equals(host.blob())) {
            return Optional.of(
                    new Held.File(host.blob(), host.size(), executable, wanted.rights()));
        }
        return merge(base, host, wanted, hostText, Merger::merge);
    }

    /** The same with both sides of a conflict in the text; empty when it is no text. */
    Optional<Held.File> mark(Held.File base, Held.File host, Held.File wanted, HostText hostText)
            throws IOException {
        return merge(base, host, wanted, hostText, Merger::mark);
    }

    private static boolean executable(Held.File base, Held.File host, Held.File wanted) {
        return host.executable() == base.executable() ? wanted.executable() : host.executable();
    }

    private Optional<Held.File> merge(
            Held.File base, Held.File host, Held.File wanted, HostText hostText, LineMerge how)
            throws IOException {
        if (Math.max(base.size(), Math.max(host.size(), wanted.size())) > Merger.MOST_BYTES) {
            return Optional.empty();
        }
        try {
            var text =
                    how.of(blobs.bytes(base.blob()), hostText.read(), blobs.bytes(wanted.blob()));
            return text.map(
                    merged ->
                            new Held.File(
                                    BlobDigest.of(merged),
                                    merged.length,
                                    executable(base, host, wanted),
                                    wanted.rights()));
        } catch (NoSuchFileException notKept) {
            return Optional.empty();
        }
    }
}
