package dev.safecoder.tui;

/** One key that a person pressed. */
sealed interface ReviewKey {
    /** A character that shows. */
    record Letter(int point) implements ReviewKey {}

    /** A key that shows nothing. */
    enum Special implements ReviewKey {
        UP,
        DOWN,
        LEFT,
        RIGHT,
        PAGE_UP,
        PAGE_DOWN,
        ENTER,
        ERASE,
        ESCAPE,
        INTERRUPT,
        END_OF_INPUT,
        /** Any other, and whatever a terminal answers by itself. */
        OTHER
    }
}
