import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** When the rent is due. */
final class Rent {
    /** So many due dates from the first one on, a month apart. */
    static List<LocalDate> due(LocalDate first, int count) {
        List<LocalDate> dates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            dates.add(workday(first.plusMonths(i)));
        }
        return dates;
    }

    /** The day after which a reminder is sent. */
    static LocalDate reminder(LocalDate due) {
        return workday(due.plusDays(14));
    }

    private static LocalDate workday(LocalDate day) {
        return switch (day.getDayOfWeek()) {
            case SATURDAY -> day.plusDays(2);
            case SUNDAY -> day.plusDays(1);
            default -> day;
        };
    }
}
