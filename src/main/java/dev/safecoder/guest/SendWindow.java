package dev.safecoder.guest;

/** What the host may still send on one stream. Not thread-safe. */
final class SendWindow {
    private static final long MOST = 1L << 40;

    private long credit = ReceiveWindow.INITIAL;

    boolean isOpen() {
        return credit > 0;
    }

    /** Spends credit for as many of the bytes as one frame should carry; at least one. */
    int spend(int wanted) {
        int count = (int) Math.min(Math.min(wanted, FrameBuilder.MOST_PAYLOAD), credit);
        credit -= count;
        return count;
    }

    void give(long bytes) throws ProtocolBreach {
        credit += bytes;
        if (credit > MOST) {
            throw new ProtocolBreach("more than %d bytes of credit on a stream".formatted(MOST));
        }
    }
}
