package dev.safecoder.apply;

import dev.safecoder.change.BlobId;
import java.util.Optional;

/** What came of looking at the host for one wish. */
sealed interface Standing {
    /**
     * It can be done.
     *
     * @param seen what is there now; empty when nothing
     * @param before what is there now, as the journal will know it; empty for a folder that the
     *     plan itself will take away first
     * @param merge how its content comes to be when it is neither the host's nor the wanted one
     */
    record Ready(
            Optional<HostEntry> seen,
            Optional<Held> before,
            Optional<Held> after,
            Optional<Merge> merge)
            implements Standing {
        boolean isOnFolder() {
            return before.isEmpty() && seen.isPresent();
        }
    }

    /** The host holds it already. */
    record There() implements Standing {}

    /**
     * The session gave the file another name and the host changed it: whether the host's changes
     * can go along is for the new name to say.
     */
    record Follows(HostEntry seen, Held.File held) implements Standing {}

    /** The host went its own way. */
    record Conflict(String reason) implements Standing {}

    /** It must not be done here, whoever accepts it. */
    record Refused(String reason) implements Standing {}

    /**
     * A content that is made of three.
     *
     * @param marked with both sides of what is in conflict
     */
    record Merge(BlobId base, BlobId host, BlobId wanted, boolean marked) {
        /** How a clean merge comes to be; empty when it is one of the two sides as it is. */
        static Optional<Merge> of(
                Held.File base, Held.File host, Held.File wanted, Held.File result) {
            return result.blob().equals(host.blob()) || result.blob().equals(wanted.blob())
                    ? Optional.empty()
                    : Optional.of(new Merge(base.blob(), host.blob(), wanted.blob(), false));
        }

        /** The merged content; empty when it cannot be merged. */
        Optional<byte[]> content(byte[] baseText, byte[] hostText, byte[] wantedText) {
            return marked
                    ? Merger.mark(baseText, hostText, wantedText)
                    : Merger.merge(baseText, hostText, wantedText);
        }
    }
}
