/** A washing machine, by what is told to it and what its sensors say. */
final class Washer {
    String state() {
        throw new UnsupportedOperationException();
    }

    void on(String event) {
        throw new UnsupportedOperationException();
    }
}
