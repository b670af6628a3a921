package dev.safecoder.guest;

import java.util.Set;

/** Processes stopped by FREEZE until THAW. */
final class Freeze implements Guest.Frozen {
    private static final Set<GuestFrame> ANSWERS =
            Set.of(GuestFrame.DONE, GuestFrame.FAILED, GuestFrame.CLOSED);

    private final Link link;
    private boolean thawed;

    private Freeze(Link link) {
        this.link = link;
    }

    static Freeze begin(Link link) throws InterruptedException {
        var freeze = new Freeze(link);
        try {
            link.ask(
                    FrameBuilder.of(HostFrame.FREEZE),
                    ANSWERS,
                    exchange -> FileRequests.done(exchange.next(), "stop its processes"));
        } catch (InterruptedException interrupted) {
            freeze.close(); // the answer may have been under way
            throw interrupted;
        }
        return freeze;
    }

    /**
     * Does not wait: the guest does one thing after the other, so what is asked next finds them
     * going.
     */
    @Override
    public void close() {
        if (!thawed) {
            thawed = true;
            link.tell(FrameBuilder.of(HostFrame.THAW), ANSWERS);
        }
    }
}
