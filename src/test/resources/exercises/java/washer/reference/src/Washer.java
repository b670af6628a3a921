/** A washing machine, by what is told to it and what its sensors say. */
final class Washer {
    private State state = State.IDLE;
    private State before = State.IDLE;

    String state() {
        return state.name().toLowerCase(java.util.Locale.ROOT);
    }

    void on(String event) {
        if (event.equals("door opened") && state != State.PAUSED) {
            before = state;
            state = State.PAUSED;
        } else if (event.equals("door closed") && state == State.PAUSED) {
            state = before;
        } else {
            State after = state.after(event);
            if (after == null) {
                throw new IllegalArgumentException("'" + event + "' cannot come while " + state());
            }
            state = after;
        }
    }
}
