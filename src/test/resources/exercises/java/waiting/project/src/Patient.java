/** Someone who waits. */
final class Patient {
    final String name;
    final int pain;

    Patient(String name, int pain) {
        this.name = name;
        this.pain = pain;
    }
}
