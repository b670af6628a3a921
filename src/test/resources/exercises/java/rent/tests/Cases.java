import java.time.LocalDate;
import java.util.List;

final class Cases {
    static void theThirtyFirstStays() {
        Checks.same(
                Rent.due(LocalDate.parse("2028-01-31"), 4).toString(),
                "[2028-01-31, 2028-02-29, 2028-03-31, 2028-05-01]");
    }

    static void weekendsMoveToMonday() {
        Checks.same(
                Rent.due(LocalDate.parse("2026-08-01"), 2),
                List.of(LocalDate.parse("2026-08-03"), LocalDate.parse("2026-09-01")));
    }

    static void nothingIsDue() {
        Checks.same(Rent.due(LocalDate.parse("2026-08-01"), 0), List.of());
    }

    static void remindsAfterTwoWeeks() {
        Checks.same(Rent.reminder(LocalDate.parse("2026-09-01")), LocalDate.parse("2026-09-15"));
        Checks.same(Rent.reminder(LocalDate.parse("2026-08-01")), LocalDate.parse("2026-08-17"));
    }
}
