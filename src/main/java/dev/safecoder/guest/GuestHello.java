package dev.safecoder.guest;

/** What the guest said of itself: its view of the workspace, its user and its architecture. */
public record GuestHello(int version, View view, long uid, long gid, String architecture) {
    /** How the workspace lies before the guest. */
    public enum View {
        PLAIN,
        OVERLAY
    }
}
