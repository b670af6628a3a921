package dev.safecoder.guest;

/**
 * The guest's bytes do not follow the protocol. The message says what, in words and numbers of our
 * own: no text of the guest's is in it. Becomes a {@link GuestException} at the {@link Link}.
 */
final class ProtocolBreach extends Exception {
    ProtocolBreach(String what) {
        super(what);
    }

    String what() {
        return String.valueOf(getMessage());
    }
}
