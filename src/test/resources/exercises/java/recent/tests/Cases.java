final class Cases {
    static void theLeastRecentGoes() {
        Recent<String, Integer> recent = new Recent<>(2);
        recent.put("a", 1);
        recent.put("b", 2);
        recent.put("c", 3);
        Checks.same(recent.get("a"), null);
        Checks.same(recent.get("b"), 2);
        Checks.same(recent.size(), 2);
    }

    static void askingKeepsIt() {
        Recent<String, Integer> recent = new Recent<>(2);
        recent.put("a", 1);
        recent.put("b", 2);
        recent.get("a");
        recent.put("c", 3);
        Checks.same(recent.get("a"), 1);
        Checks.same(recent.get("b"), null);
    }

    static void puttingAgainKeepsItToo() {
        Recent<String, Integer> recent = new Recent<>(2);
        recent.put("a", 1);
        recent.put("b", 2);
        recent.put("a", 10);
        recent.put("c", 3);
        Checks.same(recent.get("a"), 10);
        Checks.same(recent.size(), 2);
    }

    static void manyEntries() {
        Recent<Integer, Integer> recent = new Recent<>(1000);
        for (int n = 0; n < 200_000; n++) {
            recent.put(n, n);
        }
        Checks.same(recent.size(), 1000);
        Checks.same(recent.get(198_999), null);
        Checks.same(recent.get(199_000), 199_000);
    }

    static void noPlace() {
        Checks.refused(() -> new Recent<String, String>(0));
    }
}
