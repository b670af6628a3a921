import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import table.CsvWriter;

/** The members of a club as a table. */
final class Export {
    static String of(Map<String, String> townOfName) {
        StringBuilder table = new StringBuilder(CsvWriter.line(List.of("name", "town")));
        new TreeMap<>(townOfName).forEach((name, town) -> table.append(CsvWriter.line(List.of(name, town))));
        return table.toString();
    }
}
