/** What a washer does, and what comes after it. */
enum State {
    IDLE,
    FILLING,
    WASHING,
    SPINNING,
    PAUSED;

    /** The state after an event, or null where it cannot come. */
    State after(String event) {
        return switch (this) {
            case IDLE -> event.equals("start") ? FILLING : null;
            case FILLING -> event.equals("full") ? WASHING : null;
            case WASHING -> event.equals("clean") ? SPINNING : null;
            case SPINNING -> event.equals("dry") ? IDLE : null;
            case PAUSED -> null;
        };
    }
}
