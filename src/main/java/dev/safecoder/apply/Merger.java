package dev.safecoder.apply;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeChunk.ConflictState;
import org.eclipse.jgit.merge.MergeResult;

/** Merges three versions of a text by lines of raw bytes: attributes and charsets play no part. */
final class Merger {
    /** Larger files are not merged. */
    static final long MOST_BYTES = 8L << 20;

    private static final int HOST = 1;

    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    private Merger() {}

    /** The merge; empty when both sides changed the same or touching lines, or it is no text. */
    static Optional<byte[]> merge(byte[] base, byte[] host, byte[] wanted) {
        if (Arrays.equals(base, host) || Arrays.equals(host, wanted)) {
            return Optional.of(wanted);
        }
        if (Arrays.equals(base, wanted)) {
            return Optional.of(host);
        }
        return compare(base, host, wanted)
                .filter(merged -> !merged.containsConflicts())
                .map(merged -> new Merger().write(merged));
    }

    /** The merge with both sides of each conflict between markers; empty when it is no text. */
    static Optional<byte[]> mark(byte[] base, byte[] host, byte[] wanted) {
        return compare(base, host, wanted).map(merged -> new Merger().write(merged));
    }

    private static Optional<MergeResult<RawText>> compare(byte[] base, byte[] host, byte[] wanted) {
        if (isBinary(base) || isBinary(host) || isBinary(wanted)) {
            return Optional.empty();
        }
        return Optional.of(
                new MergeAlgorithm()
                        .merge(
                                RawTextComparator.DEFAULT,
                                new Lines(base),
                                new Lines(host),
                                new Lines(wanted)));
    }

    private static boolean isBinary(byte[] content) {
        return RawText.isBinary(content, content.length, true);
    }

    private byte[] write(MergeResult<RawText> merged) {
        boolean inConflict = false;
        for (var chunk : merged) {
            var state = chunk.getConflictState();
            if (state == ConflictState.BASE_CONFLICTING_RANGE) {
                continue;
            }
            if (inConflict && state != ConflictState.NEXT_CONFLICTING_RANGE) {
                mark(">>>>>>> session");
                inConflict = false;
            }
            if (state == ConflictState.FIRST_CONFLICTING_RANGE) {
                mark("<<<<<<< host");
                inConflict = true;
            }
            if (state == ConflictState.NEXT_CONFLICTING_RANGE) {
                if (chunk.getSequenceIndex() == HOST) {
                    throw new IllegalStateException("the host's side comes first");
                }
                mark("=======");
            }
            var from = (Lines) merged.getSequences().get(chunk.getSequenceIndex());
            from.write(chunk.getBegin(), chunk.getEnd(), text);
        }
        if (inConflict) {
            mark(">>>>>>> session");
        }
        return text.toByteArray();
    }

    /** A marker stands on a line of its own, even after a last line without a line feed. */
    private void mark(String marker) {
        var soFar = text.toByteArray();
        if (soFar.length > 0 && soFar[soFar.length - 1] != '\n') {
            text.write('\n');
        }
        text.writeBytes((marker + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Gives its lines with their line feeds. */
    private static final class Lines extends RawText {
        Lines(byte[] content) {
            super(content);
        }

        void write(int begin, int end, ByteArrayOutputStream to) {
            int start = lines.get(begin + 1);
            to.write(content, start, lines.get(end + 1) - start);
        }
    }
}
