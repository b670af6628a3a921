import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

final class Cases {
    static void bindsAsInMathematics() {
        Checks.same(value("2+3*4^2/8-1"), 7.0);
        Checks.same(value("10-4-3"), 3.0);
    }

    static void powersBindFromTheRight() {
        Checks.same(value("2^3^2"), 512.0);
        Checks.same(value("-2^2"), -4.0);
        Checks.same(value("2^-1"), 0.5);
    }

    static void brackets() {
        Checks.same(value("((1.5 + 2.5) * (3 - 1))"), 8.0);
    }

    static void names() {
        Checks.same(value("2 * radius * half"), 5.0);
    }

    static void refusesWhatIsNoFormula() {
        for (String text : List.of("", "1+", "(1", "1)", "1..2", "2x", "*1", "unknown", "1 # 2")) {
            Checks.refused(() -> value(text));
        }
    }

    static void theProgramCanBeRun() {
        Checks.same(Files.isExecutable(Path.of("evaluate")), true);
    }

    private static double value(String text) {
        try {
            return (double) Class.forName("formula.Formula").getMethod("value", String.class, Map.class)
                    .invoke(null, text, Map.of("radius", 5.0, "half", 0.5));
        } catch (java.lang.reflect.InvocationTargetException e) {
            throw (RuntimeException) e.getCause();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
