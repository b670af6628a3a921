package dev.safecoder.guest;

/** The frames that the guest sends (PROTOCOL.md, section 3), in the order of their numbers. */
enum GuestFrame {
    HELLO,
    STARTED,
    STDOUT,
    STDERR,
    EXITED,
    FAILED,
    CREDIT,
    ENTRY,
    DATA,
    DATA_END,
    DONE,
    CONNECTED,
    LISTENING,
    CLOSED,
    BYE,
    INFO;

    private static final int FIRST = 0x41;
    private static final GuestFrame[] ALL = values();

    static GuestFrame of(int code) throws ProtocolBreach {
        if (code < FIRST || code >= FIRST + ALL.length) {
            throw new ProtocolBreach("a frame of the unknown type 0x%02x".formatted(code));
        }
        return ALL[code - FIRST];
    }

    int code() {
        return FIRST + ordinal();
    }

    /** Whether its payload costs credit. */
    boolean costsCredit() {
        return isBytes() || this == ENTRY;
    }

    /** Whether its payload is a piece of a byte stream, which may be cut and joined anywhere. */
    boolean isBytes() {
        return this == STDOUT || this == STDERR || this == DATA;
    }

    /** Whether it is the last frame of its stream. */
    boolean closes() {
        return this == EXITED || this == FAILED || this == DONE || this == CLOSED;
    }
}
