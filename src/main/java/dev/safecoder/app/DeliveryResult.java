package dev.safecoder.app;

import dev.safecoder.path.RelativePath;
import java.util.List;
import java.util.Locale;

/** What came of the wish to write a session's changes to the project. */
public record DeliveryResult(
        Status status,
        List<RelativePath> applied,
        List<Obstacle> conflicts,
        List<Obstacle> refused) {
    /** The report's words. */
    public enum Status {
        APPLIED,
        /** There is nothing to write. */
        NOTHING,
        /** Nobody asked for it. */
        NOT_REQUESTED,
        /** The project differs from what the changes were made on; nothing was written. */
        CONFLICTS,
        /** Something may not be written, or needs a word of its own; nothing was written. */
        REFUSED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A path, as raw bytes, and what stands in its way. */
    public record Obstacle(byte[] path, String reason) {}

    public DeliveryResult {
        applied = List.copyOf(applied);
        conflicts = List.copyOf(conflicts);
        refused = List.copyOf(refused);
    }

    /** Nothing happened, for this reason. */
    public static DeliveryResult idle(Status status) {
        return new DeliveryResult(status, List.of(), List.of(), List.of());
    }

    /** Nothing was written because of these. */
    public static DeliveryResult refusing(List<Obstacle> obstacles) {
        return new DeliveryResult(Status.REFUSED, List.of(), List.of(), obstacles);
    }

    /** Whether the user wanted changes written and they were not. */
    public boolean fellShort() {
        return status == Status.CONFLICTS || status == Status.REFUSED;
    }
}
