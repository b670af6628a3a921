import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The bookings of one room on one day, in minutes since midnight. */
final class Bookings {
    record Slot(int from, int to) {}

    private final TreeMap<Integer, Slot> booked = new TreeMap<>();

    boolean book(int from, int to) {
        if (from >= to) {
            throw new IllegalArgumentException("a booking from " + from + " to " + to);
        }
        var before = booked.lowerEntry(to);
        if (before != null && before.getValue().to() > from) {
            return false;
        }
        booked.put(from, new Slot(from, to));
        return true;
    }

    List<Slot> free(int from, int to) {
        List<Slot> slots = new ArrayList<>();
        int start = from;
        for (Slot slot : booked.values()) {
            if (slot.from() > start && start < to) {
                slots.add(new Slot(start, Math.min(slot.from(), to)));
            }
            start = Math.max(start, slot.to());
        }
        if (start < to) {
            slots.add(new Slot(start, to));
        }
        return slots;
    }
}
