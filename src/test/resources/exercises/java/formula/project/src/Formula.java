/** Works out formulas with names in them. */
final class Formula {
    static double value(String text, java.util.Map<String, Double> names) {
        return Double.parseDouble(text);
    }
}
