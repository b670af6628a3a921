package dev.safecoder.guest;

/** The frames that the host sends (PROTOCOL.md, section 2). */
enum HostFrame {
    HELLO(0x01),
    EXEC(0x02),
    STDIN(0x03),
    STDIN_EOF(0x04),
    SIGNAL(0x05),
    RESIZE(0x06),
    CREDIT(0x07),
    READ(0x08),
    WRITE(0x09),
    LIST(0x0A),
    STAT(0x0B),
    MASK(0x0C),
    FREEZE(0x0D),
    THAW(0x0E),
    SCAN(0x0F),
    LISTEN(0x10),
    ACCEPT(0x11),
    CONNECT(0x12),
    DATA(0x13),
    DATA_END(0x14),
    CLOSE(0x15),
    BYE(0x16);

    private final int code;

    HostFrame(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
