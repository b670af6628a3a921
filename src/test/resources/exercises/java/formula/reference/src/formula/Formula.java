package formula;

/** Works out formulas with names in them. */
public final class Formula {
    public static double value(String text, java.util.Map<String, Double> names) {
        return new Parser(text).parse().value(names);
    }
}
