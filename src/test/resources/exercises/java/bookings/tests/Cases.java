import java.util.List;

final class Cases {
    static void overlapsAreNotTaken() {
        Bookings bookings = new Bookings();
        Checks.same(bookings.book(600, 660), true);
        for (int[] other : new int[][] {{600, 660}, {630, 640}, {590, 601}, {659, 700}, {500, 900}}) {
            Checks.same(bookings.book(other[0], other[1]), false);
        }
    }

    static void neighboursAreTaken() {
        Bookings bookings = new Bookings();
        Checks.same(bookings.book(600, 660), true);
        Checks.same(bookings.book(540, 600), true);
        Checks.same(bookings.book(660, 720), true);
    }

    static void freeSlots() {
        Bookings bookings = new Bookings();
        bookings.book(660, 720);
        bookings.book(540, 600);
        Checks.same(bookings.free(480, 780), slots(480, 540, 600, 660, 720, 780));
        Checks.same(bookings.free(560, 650), slots(600, 650));
        Checks.same(bookings.free(670, 700), slots());
        Checks.same(bookings.free(0, 100), slots(0, 100));
    }

    static void backwards() {
        Checks.refused(() -> new Bookings().book(700, 600));
        Checks.refused(() -> new Bookings().book(700, 700));
    }

    private static List<Bookings.Slot> slots(int... times) {
        List<Bookings.Slot> slots = new java.util.ArrayList<>();
        for (int n = 0; n < times.length; n += 2) {
            slots.add(new Bookings.Slot(times[n], times[n + 1]));
        }
        return slots;
    }
}
