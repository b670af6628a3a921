package dev.safecoder.guest;

/**
 * What the guest may still send on one stream before its consumer has taken more. Not thread-safe.
 */
final class ReceiveWindow {
    /** With what each direction of each stream starts. */
    static final int INITIAL = 262_144;

    /** Less is not worth a frame. */
    private static final int LEAST_GRANT = INITIAL / 4;

    private int credit = INITIAL;
    private int taken;

    void spend(int bytes) throws ProtocolBreach {
        if (credit <= 0) {
            throw new ProtocolBreach("data beyond the credit of its stream");
        }
        credit -= bytes;
    }

    /** Whether the guest has to wait for the consumer. */
    boolean isSpent() {
        return credit <= 0;
    }

    /** The consumer has taken bytes: how much credit to grant now, 0 for none. */
    int grant(int bytes) {
        taken += bytes;
        if (taken < LEAST_GRANT) {
            return 0;
        }
        int granted = taken;
        credit += granted;
        taken = 0;
        return granted;
    }
}
