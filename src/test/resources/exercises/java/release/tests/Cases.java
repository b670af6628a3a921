import java.util.List;
import java.util.stream.Stream;

final class Cases {
    static void readsAndWrites() {
        for (String text : List.of("0.0.1", "2.10.1", "3.0.0-rc.12")) {
            Checks.same(Release.parse(text).toString(), text);
        }
    }

    static void ordersAsNumbers() {
        Checks.same(sorted("2.10.0", "2.9.0", "10.0.0"), List.of("2.9.0", "2.10.0", "10.0.0"));
    }

    static void candidatesComeBefore() {
        Checks.same(
                sorted("2.0.0", "2.0.0-rc.10", "2.0.0-rc.9", "1.9.9"),
                List.of("1.9.9", "2.0.0-rc.9", "2.0.0-rc.10", "2.0.0"));
    }

    static void refusesTheRest() {
        for (String text : List.of("", "1", "1.2", "1.2.3.4", "1.2.x", "1.2.3-beta", "-1.0.0")) {
            Checks.refused(() -> Release.parse(text));
        }
    }

    private static List<String> sorted(String... texts) {
        return Stream.of(texts).map(Release::parse).sorted().map(Release::toString).toList();
    }
}
