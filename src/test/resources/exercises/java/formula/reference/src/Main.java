import formula.Formula;
import java.util.Map;

/** Prints what its argument comes to. */
final class Main {
    public static void main(String[] arguments) {
        System.out.println(Formula.value(arguments[0], Map.of("pi", Math.PI)));
    }
}
