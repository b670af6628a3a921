import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** When the rent is due. */
final class Rent {
    /** So many due dates from the first one on, a month apart. */
    static List<LocalDate> due(LocalDate first, int count) {
        List<LocalDate> dates = new ArrayList<>();
        LocalDate date = first;
        for (int i = 0; i < count; i++) {
            dates.add(date);
            date = date.plusMonths(1);
        }
        return dates;
    }

    /** The day after which a reminder is sent. */
    static LocalDate reminder(LocalDate due) {
        return due.plusDays(30);
    }
}
