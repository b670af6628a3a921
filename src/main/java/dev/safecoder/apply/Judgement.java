package dev.safecoder.apply;

/** A wish and what came of looking at the host for it. */
record Judgement(Wish wish, Standing standing) {
    Judgement as(Standing other) {
        return new Judgement(wish, other);
    }

    Judgement conflict(String reason) {
        return as(new Standing.Conflict(reason));
    }

    boolean isReady() {
        return standing instanceof Standing.Ready;
    }

    boolean isReadyDeletion() {
        return standing instanceof Standing.Ready ready && ready.after().isEmpty();
    }

    boolean isReadyOnFolder() {
        return standing instanceof Standing.Ready ready && ready.isOnFolder();
    }

    boolean isTrouble() {
        return standing instanceof Standing.Conflict || standing instanceof Standing.Refused;
    }
}
