import java.util.ArrayList;
import java.util.List;

/** The bookings of one room on one day, in minutes since midnight. */
final class Bookings {
    record Slot(int from, int to) {}

    private final List<Slot> list = new ArrayList<>();

    boolean book(int from, int to) {
        list.add(new Slot(from, to));
        return true;
    }

    List<Slot> free(int from, int to) {
        return list;
    }
}
