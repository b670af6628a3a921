import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;

/** Runs every method of Cases that is not private, and says how many of them failed. */
final class Checks {
    public static void main(String[] arguments) throws IllegalAccessException {
        Method[] tests =
                Arrays.stream(Cases.class.getDeclaredMethods())
                        .filter(method -> !Modifier.isPrivate(method.getModifiers()))
                        .sorted(Comparator.comparing(Method::getName))
                        .toArray(Method[]::new);
        int failed = 0;
        for (Method test : tests) {
            try {
                test.invoke(null);
            } catch (InvocationTargetException e) {
                failed++;
                System.out.println("FAILED " + test.getName() + ": " + e.getCause());
            }
        }
        System.out.println(
                failed > 0
                        ? failed + " of " + tests.length + " tests failed"
                        : "all " + tests.length + " tests passed");
        System.exit(failed > 0 ? 1 : 0);
    }

    static void same(Object actual, Object expected) {
        if (!Objects.equals(actual, expected)) {
            throw new AssertionError("<" + actual + "> is not <" + expected + ">");
        }
    }

    static void refused(Runnable call) {
        try {
            call.run();
        } catch (IllegalArgumentException wanted) {
            return;
        }
        throw new AssertionError("not refused");
    }
}
